import { parseArgs } from 'node:util';
import { z } from 'zod';
import { limitVariables, readLimits, type LimitConfig } from './limit-config.ts';

// The gateway library reports to its maker's cloud unless told otherwise, read from the environment before it is
// built. Data about people must not reach a foreign cloud (Law 91/2025/QH15 Art. 20).
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
for (const name of Object.keys(process.env))
  if (/^APOLLO_(KEY|GRAPH|UPLINK)/.test(name)) delete process.env[name];

/** Signature algorithms of access tokens: asymmetric ones, so that nobody who can verify can sign (RFC 7518, 8037). */
export const asymmetricAlgorithms = [
  ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512'],
  ...['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
] as const;

const algorithms = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(asymmetricAlgorithms)).min(1));

/** Keys fetched without TLS could be anybody's, unless they never leave this machine. */
const isSafeToFetch = (text: string): boolean => {
  const { protocol, hostname } = new URL(text);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
};
const jwksUri = z
  .url({ error: 'must be an https:// URL', abort: true })
  .refine(isSafeToFetch, 'must be https://, or http:// on this machine');

/** Empty is as good as absent: compose files pass on what is not set as an empty text. */
const given = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  POPULATION: z.coerce.number().int().min(0).max(68_400_000).default(1000),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info']).default('info'),
  ISSUER: given(z.url({ error: 'must be a URL' })),
  JWKS_URI: given(jwksUri),
  AUDIENCE: z.string().min(1).default('citizen-data-graph'),
  ALGORITHMS: algorithms.default(['EdDSA', 'ES256', 'PS256', 'RS256']),
  CLOCK_SKEW_SECONDS: z.coerce.number().int().min(0).max(60).default(30),
  MAX_TOKEN_AGE_SECONDS: z.coerce.number().int().min(60).max(86_400).default(3600),
  SUBJECT_BUDGET_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  ...limitVariables,
});

/** Whose access tokens are believed, and how they are judged (RFC 9068). */
export interface TokenConfig {
  /** `undefined`: `ISSUER` is not set, and only the development issuer of `npm start` can sign in anybody. */
  readonly issuer: { readonly name: string; readonly jwksUri: string } | undefined;
  readonly audience: string;
  readonly algorithms: readonly (typeof asymmetricAlgorithms)[number][];
  /** How far the issuer's clock and ours may differ; at most 60. */
  readonly clockSkewSeconds: number;
  /** The longest life of a token, and the longest time since it was issued. */
  readonly maxAgeSeconds: number;
}

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
  readonly tokens: TokenConfig;
  /** Distinct people that one client may ask about per minute. */
  readonly subjectBudgetPerMinute: number;
  readonly limits: LimitConfig;
  /** A supergraph file instead of the committed one. */
  readonly supergraphFile: string | undefined;
  /** Addresses of agencies by environment variable (`AGENCY_RESIDENCE_URL`). */
  readonly variable: (name: string) => string | undefined;
}

type Environment = z.infer<typeof environment>;

function readIssuer({ ISSUER, JWKS_URI }: Environment): TokenConfig['issuer'] {
  if (ISSUER === undefined && JWKS_URI === undefined) return undefined;
  if (ISSUER !== undefined && JWKS_URI !== undefined) return { name: ISSUER, jwksUri: JWKS_URI };
  const [here, missing] = ISSUER === undefined ? ['JWKS_URI', 'ISSUER'] : ['ISSUER', 'JWKS_URI'];
  throw new Error(
    `The environment variable ${missing} is missing: ${here} is set, and neither says enough alone.`,
  );
}

const readTokens = (data: Environment): TokenConfig => ({
  issuer: readIssuer(data),
  audience: data.AUDIENCE,
  algorithms: data.ALGORITHMS,
  clockSkewSeconds: data.CLOCK_SKEW_SECONDS,
  maxAgeSeconds: data.MAX_TOKEN_AGE_SECONDS,
});

function readEnvironment(port: string | undefined): Environment {
  const parsed = environment.safeParse({ ...process.env, ...(port && { PORT: port }) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`The environment variable ${String(issue?.path[0])} is not valid: ${issue?.message}.`);
}

/** Reads arguments and environment once; throws a sentence that names what is wrong. */
export function readConfig(args: readonly string[] = process.argv.slice(2)): GatewayConfig {
  const options = { supergraph: { type: 'string' }, port: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const data = readEnvironment(values.port);
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    dataDir: data.DATA_DIR,
    population: data.POPULATION,
    isDevelopment: data.NODE_ENV !== 'production',
    logLevel: data.LOG_LEVEL,
    tokens: readTokens(data),
    subjectBudgetPerMinute: data.SUBJECT_BUDGET_PER_MINUTE,
    limits: readLimits(data),
    supergraphFile: values.supergraph,
    variable: (name) => process.env[name],
  };
}
