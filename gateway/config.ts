import { parseArgs } from 'node:util';
import { z } from 'zod';

// The gateway library reports to its maker's cloud unless told otherwise, read from the environment before it is
// built. Data about people must not reach a foreign cloud (Law 91/2025/QH15 Art. 20).
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
for (const name of Object.keys(process.env))
  if (/^APOLLO_(KEY|GRAPH|UPLINK)/.test(name)) delete process.env[name];

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  POPULATION: z.coerce.number().int().min(0).max(68_400_000).default(1000),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info']).default('info'),
});

export interface GatewayConfig {
  readonly port: number;
  readonly host: string;
  /** The administrator's URL; without it `npm start` brings its own PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Citizens of the synthetic population besides the personas. */
  readonly population: number;
  /** Apollo Sandbox, embedded and hosted, is allowed in development only. */
  readonly isDevelopment: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info';
  /** A supergraph file instead of the committed one. */
  readonly supergraphFile: string | undefined;
  /** Addresses of agencies by environment variable (`AGENCY_RESIDENCE_URL`). */
  readonly variable: (name: string) => string | undefined;
}

/** Reads arguments and environment once; throws a sentence that names what is wrong. */
export function readConfig(args: readonly string[] = process.argv.slice(2)): GatewayConfig {
  const options = { supergraph: { type: 'string' }, port: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const parsed = environment.safeParse({ ...process.env, ...(values.port && { PORT: values.port }) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`The environment variable ${issue?.path.join('.')} is not valid: ${issue?.message}.`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    dataDir: data.DATA_DIR,
    population: data.POPULATION,
    isDevelopment: data.NODE_ENV !== 'production',
    logLevel: data.LOG_LEVEL,
    supergraphFile: values.supergraph,
    variable: (name) => process.env[name],
  };
}
