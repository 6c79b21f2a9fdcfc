import { parseArgs } from 'node:util';

/** The environment that the benchmark's servers inherit. */
export const variables: Readonly<NodeJS.ProcessEnv> = process.env;

/** How the processes are laid out. */
export const layouts = ['one process', 'over HTTP'] as const;
export type Layout = (typeof layouts)[number];

export interface BenchConfig {
  /** Not that of `npm start`: the benchmark writes consents of everybody into its register. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly population: number;
  /** Connections kept busy, one measurement for each number. */
  readonly connections: readonly number[];
  /** Of one round. */
  readonly seconds: number;
  /** Of each stack, in turns. */
  readonly rounds: number;
  readonly layouts: readonly Layout[];
  /** Where to write the results as JSON. */
  readonly json: string | undefined;
  /** Folder for CPU profiles of the servers; they are slower for it. */
  readonly profileDir: string | undefined;
}

/** Arguments and environment of `npm run bench`. */
export function readBenchConfig(): BenchConfig {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      connections: { type: 'string', default: '50,1' },
      seconds: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '10' },
      layout: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  return {
    dataDir: variables['DATA_DIR'] ?? '.data/bench',
    databaseUrl: variables['DATABASE_URL'],
    population: Number(variables['POPULATION'] ?? 1000),
    connections: values.connections.split(',').map(Number),
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    layouts: layouts.filter((name) => values.layout === undefined || values.layout === name),
    json: values.json,
    profileDir: values.profile,
  };
}

/** What a server without enforcement is told by the benchmark. */
export function readBareConfig() {
  return {
    port: Number(variables['PORT']),
    databaseUrl: variables['DATABASE_URL'] ?? '',
    variable: (name: string): string => variables[name] ?? '',
  };
}
