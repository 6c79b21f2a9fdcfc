import { z } from 'zod';
import { agencyNames, type AgencyName } from '#schema';

const url = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });

const environment = z.object({
  DATABASE_URL: url.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
});

export type Environment = Readonly<z.infer<typeof environment>>;

/** Reads the environment once; throws a sentence that names the variable. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`The environment variable ${issue?.path.join('.')} ${issue?.message ?? 'is not valid'}.`);
}

/** The variable with the password of an agency's role, for servers whose roles are shared out by hand. */
export function passwordVariableOf(name: AgencyName): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_DB_PASSWORD`;
}

/** Passwords given per agency; `undefined` when none is, so that they are derived from the administrator's. */
export function readPasswords(
  variables: NodeJS.ProcessEnv = process.env,
): ((name: string) => string) | undefined {
  const given = new Map(agencyNames.map((name) => [name as string, variables[passwordVariableOf(name)]]));
  if ([...given.values()].every((password) => password === undefined)) return undefined;
  return (name) => {
    const password = given.get(name);
    if (password) return password;
    throw new Error(`The environment variable ${passwordVariableOf(name as AgencyName)} is missing.`);
  };
}
