import { parseArgs } from 'node:util';

/** The environment that the benchmark's servers inherit. */
export const variables: Readonly<NodeJS.ProcessEnv> = process.env;

export interface BenchConfig {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly population: number;
  readonly connections: number;
  readonly seconds: number;
  /** Where to write the results as JSON. */
  readonly json: string | undefined;
}

/** Arguments and environment of `npm run bench`. */
export function readBenchConfig(): BenchConfig {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      connections: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '15' },
    },
  });
  return {
    dataDir: variables['DATA_DIR'] ?? '.data',
    databaseUrl: variables['DATABASE_URL'],
    population: Number(variables['POPULATION'] ?? 1000),
    connections: Number(values.connections),
    seconds: Number(values.seconds),
    json: values.json,
  };
}
