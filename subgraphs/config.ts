import { z } from 'zod';
import {
  agencyNames,
  callerKeyVariableOf,
  feedNames,
  parseMacKey,
  urlVariableOf,
  type AgencyName,
  type FeedName,
  type MacKey,
} from '#schema';
import {
  databaseUrlVariableOf,
  isOther,
  passwordVariableOf,
  portVariableOf,
  registerAskers,
  registerKeyVariableOf,
} from './variables.ts';

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

/** A variable of one agency, read as the environment's one of the general name is. */
function readOwn<Name extends keyof Environment>(
  variables: Variables,
  variable: string,
  name: Name,
): Environment[Name] {
  const parsed = environment.shape[name].safeParse(variables[variable]);
  if (parsed.success) return parsed.data as Environment[Name];
  throw new Error(
    `The environment variable ${variable} ${parsed.error.issues[0]?.message ?? 'is not valid'}.`,
  );
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

/** How an agency reaches the register in another process. */
export interface RegisterElsewhere {
  readonly place: 'ELSEWHERE';
  readonly peer: SignedPeer;
}

/** The register is served by the same process. */
export interface RegisterBeside {
  readonly place: 'BESIDE';
}

/** Of the register itself: who may ask it from other processes, and where it hears of changes there. */
export interface RegisterHere {
  readonly place: 'HERE';
  readonly keys: ReadonlyMap<string, MacKey>;
  /** Without those that the same process serves. */
  readonly feeds: Readonly<Partial<Record<FeedName, SignedPeer>>>;
}

/** What is told of one agency. */
export interface AgencyConfig {
  readonly databaseUrl: string;
  readonly host: string;
  /** `undefined`: that of `schema/agencies.ts`. */
  readonly port: number | undefined;
  /** Verifies the gateway's caller tokens. */
  readonly callerKey: MacKey;
  readonly register: RegisterElsewhere | RegisterBeside | RegisterHere;
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

/** The variables that tell of one agency. */
interface OwnVariables {
  readonly databaseUrl: string;
  readonly port: string;
  readonly callerKey: string;
  readonly registerKey: string;
}

/** Of an agency with a process of its own. */
const alone: OwnVariables = {
  databaseUrl: 'DATABASE_URL',
  port: 'PORT',
  callerKey: 'CALLER_KEY',
  registerKey: 'REGISTER_KEY',
};

/** Of an agency that shares its process with others. */
const amongOthers = (name: AgencyName): OwnVariables => ({
  databaseUrl: databaseUrlVariableOf(name),
  port: portVariableOf(name),
  callerKey: callerKeyVariableOf(name),
  registerKey: isOther(name) ? registerKeyVariableOf(name) : '',
});

function readRegisterElsewhere(variables: Variables, { registerKey }: OwnVariables): RegisterElsewhere {
  const url = requireUrl(variables, 'REGISTER_URL', 'the base URL of the agency consent');
  return { place: 'ELSEWHERE', peer: { url, key: requireKey(variables, registerKey) } };
}

function readFeed(variables: Variables, name: FeedName): SignedPeer {
  const url = requireUrl(variables, urlVariableOf(name), `where the agency ${name} serves /graphql`);
  return { url, key: requireKey(variables, registerKeyVariableOf(name)) };
}

/** `beside`: the agencies of the same process, which need no keys to be asked. */
function readRegisterHere(variables: Variables, beside: readonly string[]): RegisterHere {
  const elsewhere = <Name extends string>(name: Name): boolean => !beside.includes(name);
  const keys = registerAskers
    .filter(elsewhere)
    .map((asker) => [asker, requireKey(variables, registerKeyVariableOf(asker))] as const);
  const feeds = feedNames.filter(elsewhere).map((name) => [name, readFeed(variables, name)]);
  return { place: 'HERE', keys: new Map(keys), feeds: Object.fromEntries(feeds) };
}

function readRegister(
  name: AgencyName,
  variables: Variables,
  own: OwnVariables,
  served: readonly AgencyName[],
): AgencyConfig['register'] {
  if (!isOther(name)) return readRegisterHere(variables, served);
  return served.some((each) => !isOther(each)) ? { place: 'BESIDE' } : readRegisterElsewhere(variables, own);
}

function readOne(
  name: AgencyName,
  variables: Variables,
  own: OwnVariables,
  served: readonly AgencyName[],
): AgencyConfig {
  const databaseUrl = readOwn(variables, own.databaseUrl, 'DATABASE_URL');
  if (!databaseUrl)
    throw new Error(
      `The environment variable ${own.databaseUrl} is missing: the URL of this agency's own database.`,
    );
  return {
    databaseUrl,
    host: readOwn(variables, 'HOST', 'HOST'),
    port: readOwn(variables, own.port, 'PORT'),
    callerKey: requireKey(variables, own.callerKey),
    register: readRegister(name, variables, own, served),
  };
}

/** Reads what the process of one agency needs, once; throws a sentence that names the variable. `port` goes before `PORT`. */
export function readAgencyConfig(
  name: AgencyName,
  port?: string,
  variables: Variables = process.env,
): AgencyConfig {
  return readOne(name, { ...variables, ...(port && { PORT: port }) }, alone, [name]);
}

/** The same for agencies that share a process: each has its variables under its name, such as `RESIDENCE_DATABASE_URL`. */
export function readSharedConfig(
  names: readonly AgencyName[],
  variables: Variables = process.env,
): ReadonlyMap<AgencyName, AgencyConfig> {
  return new Map(names.map((name) => [name, readOne(name, variables, amongOthers(name), names)]));
}
