import { randomBytes } from 'node:crypto';
import { agencyNames } from '#schema';
import { passwordVariableOf } from './config.ts';

/** The text of a `.env` for docker-compose.yml: one password for the administrator and one for each agency's role. */
export function makeEnv(makePassword: () => string): string {
  const names = ['POSTGRES_PASSWORD', ...agencyNames.map(passwordVariableOf)];
  return names.map((name) => `${name}=${makePassword()}\n`).join('');
}

/** 256 random bits in letters that need no escaping, in a URL nor in a `.env`. */
const randomPassword = (): string => randomBytes(32).toString('base64url');

if (import.meta.filename === process.argv[1]) process.stdout.write(makeEnv(randomPassword));
