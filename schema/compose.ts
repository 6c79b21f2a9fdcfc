import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, parse, printSchema } from 'graphql';
import { agencies } from './agencies.ts';
import { lintMarks } from './mark-lint.ts';
import { typeDefsOf } from './typedefs.ts';

/** The two generated texts: what the gateway loads, and what clients see. */
export interface Composed {
  readonly supergraph: string;
  readonly api: string;
}

/** What the working tree would change for clients, against the committed files. */
export interface Comparison {
  /** The committed files are, byte for byte, those of the working tree. */
  readonly isCurrent: boolean;
  /** Changes that can make a client's document or its answer fail. */
  readonly breaking: readonly string[];
  /** All others: new fields, descriptions, values a client may not expect. */
  readonly other: readonly string[];
}

const urls = {
  supergraph: new URL('supergraph.graphql', import.meta.url),
  api: new URL('api.graphql', import.meta.url),
} as const;

/** Joins reasons to one error. */
function refuse(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
}

/** Printers indent the empty lines of descriptions, too. */
const tidy = (text: string): string => `${text.replace(/[ \t]+$/gm, '').trimEnd()}\n`;

/** The graph as agencies' SDL makes it. Throws, with every reason, when it does not compose or its marks do not hold. */
export function compose(): Composed {
  const sdls = agencies.map(({ name, port }) => ({ name, port, document: typeDefsOf(name) }));
  refuse(lintMarks(sdls));
  const result = composeServices(
    sdls.map(({ name, port, document }) => ({
      name,
      url: `http://127.0.0.1:${port}/graphql`,
      typeDefs: document,
    })),
  );
  if (result.errors) throw new Error(result.errors.map((error) => error.message).join('\n'));
  refuse(lintMarks(sdls, parse(result.supergraphSdl)));
  const api = Supergraph.build(result.supergraphSdl).apiSchema().toGraphQLJSSchema();
  return { supergraph: tidy(result.supergraphSdl), api: tidy(printSchema(api)) };
}

/** The committed files; `null` when they were never written. */
export function readCommitted(): Composed | null {
  try {
    return { supergraph: readFileSync(urls.supergraph, 'utf8'), api: readFileSync(urls.api, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Names what would change for clients. */
export async function compare(committed: Composed, composed: Composed): Promise<Comparison> {
  const changes = await diff(buildSchema(committed.api), buildSchema(composed.api));
  const isBreaking = (change: (typeof changes)[number]): boolean =>
    change.criticality.level === CriticalityLevel.Breaking;
  return {
    isCurrent: committed.api === composed.api && committed.supergraph === composed.supergraph,
    breaking: changes.filter(isBreaking).map(({ message }) => message),
    other: changes.filter((change) => !isBreaking(change)).map(({ message }) => message),
  };
}

function write(): void {
  const composed = compose();
  writeFileSync(urls.supergraph, composed.supergraph);
  writeFileSync(urls.api, composed.api);
  console.log(`Composed ${agencies.length} agencies into schema/supergraph.graphql and schema/api.graphql.`);
}

/** Answers whether the committed files are current, and says what to do when they are not. */
async function check(): Promise<boolean> {
  const committed = readCommitted();
  if (!committed) {
    console.log('Nothing is composed yet. Run: npm run compose');
    return false;
  }
  const { isCurrent, breaking, other } = await compare(committed, compose());
  for (const message of breaking) console.log(`BREAKING: ${message}`);
  for (const message of other) console.log(message);
  console.log(
    isCurrent
      ? 'The committed supergraph and API are those of the working tree.'
      : `The committed files differ from the working tree (${breaking.length} breaking changes for clients, ` +
          `${other.length} others). Run: npm run compose`,
  );
  return isCurrent;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  if (!values.check) write();
  else if (!(await check())) process.exitCode = 1;
}

if (import.meta.filename === process.argv[1]) await main();
