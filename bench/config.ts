import { parseArgs } from 'node:util';

/** The environment that the benchmark's servers inherit. */
export const variables: Readonly<NodeJS.ProcessEnv> = process.env;

/**
 * How the product's processes are laid out: all in one; the gateway in one and all agencies in one other, over HTTP; each
 * agency in a process of its own, over HTTP.
 */
export const layouts = ['one process', 'two processes', 'over HTTP'] as const;
export type Layout = (typeof layouts)[number];

/** What `--only` chooses from, in the order of their run. */
export const parts = ['w1', 'w2', 'w3', 'growth', 'enforcement'] as const;
export type Part = (typeof parts)[number];

export interface BenchConfig {
  readonly parts: readonly Part[];
  /** Not that of `npm start`: the benchmark writes consents of everybody into its register. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly population: number;
  /** Connections kept busy, one measurement for each number; each part has its own default. */
  readonly connections: readonly number[] | undefined;
  /** Of one round. */
  readonly seconds: number;
  /** Of each stack, in turns; each part has its own default. */
  readonly rounds: number | undefined;
  readonly layouts: readonly Layout[];
  /** Also measure the product over HTTP with each call to an agency travelling alone. */
  readonly withSingleCalls: boolean;
  /** Where to write the results as JSON. */
  readonly json: string | undefined;
  /** How the servers are started. */
  readonly launch: Launch;
}

/** What runs the servers that are measured; the load comes from the process of the benchmark itself. */
export interface Launch {
  /** The node binary. */
  readonly node: string;
  /** Folder for CPU profiles of the servers; they are slower for it. */
  readonly profileDir: string | undefined;
}

const help = `npm run bench -- [options]
  --only PARTS        ${parts.join(',')}; default all
  --rounds N          rounds of each stack, in turns
  --seconds N         of one round; default 2
  --connections N,M   connections kept busy
  --layout NAME       ${layouts.map((name) => `"${name}"`).join(', ')}; default all
  --single-calls      W3: also without calls travelling together
  --node PATH         the node binary that runs the servers
  --json FILE         write the results there, too
  --profile FOLDER    write CPU profiles of the servers there`;

const options = {
  only: { type: 'string' },
  json: { type: 'string' },
  connections: { type: 'string' },
  seconds: { type: 'string', default: '2' },
  rounds: { type: 'string' },
  layout: { type: 'string' },
  'single-calls': { type: 'boolean', default: false },
  node: { type: 'string', default: process.execPath },
  profile: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

function chooseParts(only: string | undefined): readonly Part[] {
  const wanted = only?.split(',') ?? parts;
  const unknown = wanted.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`--only: there is no ${unknown.join(', ')}.\n${help}`);
  return parts.filter((part) => wanted.includes(part));
}

/** Arguments and environment of `npm run bench`. */
export function readBenchConfig(): BenchConfig {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  return {
    parts: chooseParts(values.only),
    dataDir: variables['DATA_DIR'] ?? '.data/bench',
    databaseUrl: variables['DATABASE_URL'],
    population: Number(variables['POPULATION'] ?? 100_000),
    connections: values.connections?.split(',').map(Number),
    seconds: Number(values.seconds),
    rounds: values.rounds === undefined ? undefined : Number(values.rounds),
    layouts: layouts.filter((name) => values.layout === undefined || values.layout === name),
    withSingleCalls: values['single-calls'],
    json: values.json,
    launch: { node: values.node, profileDir: values.profile },
  };
}

/** What a server of the benchmark is told. */
export function readServerConfig() {
  return {
    port: Number(variables['PORT']),
    databaseUrl: variables['DATABASE_URL'] ?? '',
    variable: (name: string): string => variables[name] ?? '',
  };
}
