import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { pino } from 'pino';
import type { AgencyAnswer, AgencyRequest } from '../../gateway/agency-source.ts';
import { startContext } from '../../gateway/context.ts';
import { createGraphEngine } from '../../gateway/graph.ts';

/** A request as an agency sees it over HTTP. */
export interface Asked {
  readonly agency: string;
  readonly query: string;
  readonly variables: Record<string, unknown> & {
    readonly representations: readonly Record<string, unknown>[];
  };
}

export type Script = (asked: Asked) => AgencyAnswer | Promise<AgencyAnswer>;

export interface ScriptedGraphOptions {
  /** SDL of each agency without its link to the federation spec. */
  readonly agencies: Readonly<Record<string, string>>;
  /** What each agency answers. */
  readonly scripts: Readonly<Record<string, Script>>;
  /** Whether fetches of one operation to an agency may share a request; default no. */
  readonly mayShare?: boolean;
  readonly timeoutMs?: number;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject"])`;

function compose(agencies: ScriptedGraphOptions['agencies']): string {
  const services = Object.entries(agencies).map(([name, sdl]) => ({
    name,
    url: `http://127.0.0.1:1/${name}`,
    typeDefs: parse(`${link}\n${sdl}`),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl) return supergraphSdl;
  throw new Error(errors?.map(({ message }) => message).join('\n'));
}

const bodyOf = ({ body = '' }: AgencyRequest) => JSON.parse(body) as Omit<Asked, 'agency'>;

/** An engine over agencies that answer by script: whatever a test wants them to say. */
export async function createScriptedGraph({
  agencies,
  scripts,
  mayShare = false,
  timeoutMs,
}: ScriptedGraphOptions) {
  const asked: Asked[] = [];
  const hear = async (agency: string, request: AgencyRequest): Promise<AgencyAnswer> => {
    const seen = { agency, ...bodyOf(request) };
    asked.push(seen);
    return JSON.parse(JSON.stringify(await scripts[agency]?.(seen))) as AgencyAnswer;
  };
  const starting = createGraphEngine({
    supergraph: compose(agencies),
    ownScalars: false,
    log: pino({ level: 'silent' }),
    askOf: (agency) =>
      Object.assign((request: AgencyRequest) => hear(agency, request), {
        takesBody: true,
        mayShare,
        ...(timeoutMs !== undefined && { timeoutMs }),
      }),
  });
  const ask = async (source: string, variables: Record<string, unknown> = {}) => {
    const text = { document: parse(source), operationName: undefined, queryHash: source, source };
    const context = startContext('request-1', { kind: 'anonymous' });
    const engine = await starting;
    const answer = await engine.prepare(text)?.answer({ variables, context, method: 'POST' });
    const errors = (answer?.errors ?? []).map(({ path, extensions }) => [
      extensions?.['code'],
      path?.join('.'),
    ]);
    return { data: JSON.parse(JSON.stringify(answer?.data ?? null)) as unknown, errors, context };
  };
  /** What was asked since the last call. */
  const takeAsked = (): readonly Asked[] => asked.splice(0);
  return { starting, ask, takeAsked };
}
