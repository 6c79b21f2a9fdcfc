import { z } from 'zod';
import {
  agencyNames,
  parseMacKey,
  urlVariableOf,
  type AgencyName,
  type FeedName,
  type MacKey,
} from '#schema';
import { isOther, passwordVariableOf, registerAskers, registerKeyVariableOf } from './variables.ts';

type Variables = NodeJS.ProcessEnv;

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' });

const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'must be a port, 0 to 65535', abort: true })
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port, 0 to 65535');

const environment = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.optional(),
});

export type Environment = Readonly<z.infer<typeof environment>>;

/** Reads the environment once; throws a sentence that names the variable. */
export function readEnvironment(variables: Variables = process.env): Environment {
  const parsed = environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`The environment variable ${issue?.path.join('.')} ${issue?.message ?? 'is not valid'}.`);
}

/** Passwords given per agency; `undefined` when none is, so that they are derived from the administrator's. */
export function readPasswords(variables: Variables = process.env): ((name: string) => string) | undefined {
  const given = new Map(agencyNames.map((name) => [name as string, variables[passwordVariableOf(name)]]));
  if ([...given.values()].every((password) => password === undefined)) return undefined;
  return (name) => {
    const password = given.get(name);
    if (password) return password;
    throw new Error(`The environment variable ${passwordVariableOf(name as AgencyName)} is missing.`);
  };
}

/** The other side of a signed call, and the key that both share. */
export interface SignedPeer {
  /** Its base URL, or that of its `/graphql`. */
  readonly url: string;
  readonly key: MacKey;
}

/** How an agency reaches the register. */
export interface RegisterElsewhere {
  readonly isHere: false;
  readonly peer: SignedPeer;
}

/** Of the register itself: who may ask it, and where it hears of changes. */
export interface RegisterHere {
  readonly isHere: true;
  readonly keys: ReadonlyMap<string, MacKey>;
  readonly feeds: Readonly<Record<FeedName, SignedPeer>>;
}

/** What the process of one agency is told. */
export interface AgencyConfig {
  readonly databaseUrl: string;
  readonly host: string;
  /** `undefined`: that of `schema/agencies.ts`. */
  readonly port: number | undefined;
  /** Verifies the gateway's caller tokens. */
  readonly callerKey: MacKey;
  readonly register: RegisterElsewhere | RegisterHere;
}

function requireUrl(variables: Variables, variable: string, what: string): string {
  const text = variables[variable];
  if (!text) throw new Error(`The environment variable ${variable} is missing: ${what}.`);
  const parsed = httpUrl.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Error(`The environment variable ${variable} ${parsed.error.issues[0]?.message}.`);
}

const requireKey = (variables: Variables, variable: string): MacKey =>
  parseMacKey(variables[variable], variable);

function readRegisterElsewhere(variables: Variables): RegisterElsewhere {
  const url = requireUrl(variables, 'REGISTER_URL', 'the base URL of the agency consent');
  return { isHere: false, peer: { url, key: requireKey(variables, 'REGISTER_KEY') } };
}

function readFeed(variables: Variables, name: FeedName): SignedPeer {
  const url = requireUrl(variables, urlVariableOf(name), `where the agency ${name} serves /graphql`);
  return { url, key: requireKey(variables, registerKeyVariableOf(name)) };
}

function readRegisterHere(variables: Variables): RegisterHere {
  const keys = new Map(
    registerAskers.map((asker) => [asker, requireKey(variables, registerKeyVariableOf(asker))]),
  );
  const feeds = {
    population: readFeed(variables, 'population'),
    dependants: readFeed(variables, 'dependants'),
  };
  return { isHere: true, keys, feeds };
}

/** Reads what the process of one agency needs, once; throws a sentence that names the variable. `port` goes before `PORT`. */
export function readAgencyConfig(
  name: AgencyName,
  port?: string,
  variables: Variables = process.env,
): AgencyConfig {
  const { DATABASE_URL, HOST, PORT } = readEnvironment({ ...variables, ...(port && { PORT: port }) });
  if (!DATABASE_URL)
    throw new Error(
      "The environment variable DATABASE_URL is missing: the URL of this agency's own database.",
    );
  return {
    databaseUrl: DATABASE_URL,
    host: HOST,
    port: PORT,
    callerKey: requireKey(variables, 'CALLER_KEY'),
    register: isOther(name) ? readRegisterElsewhere(variables) : readRegisterHere(variables),
  };
}
