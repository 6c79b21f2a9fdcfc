import { randomBytes } from 'node:crypto';
import { agencyNames, callerKeyVariableOf } from '#schema';
import { passwordVariableOf, registerAskers, registerKeyVariableOf } from './variables.ts';

/** Only whoever runs the stack knows these; the gateway does not start without them. */
const issuer = `# Whose access tokens the gateway believes: their "iss", where its keys are (https://), and their "aud".
ISSUER=
JWKS_URI=
AUDIENCE=citizen-data-graph
`;

/**
 * The text of a `.env` for docker-compose.yml. `makeSecret` is called once for each password (the administrator's and
 * one for each agency's role) and for each key (the gateway's with each agency, the register's with each that asks it).
 */
export function makeEnv(makeSecret: () => string): string {
  const names = [
    'POSTGRES_PASSWORD',
    ...agencyNames.map(passwordVariableOf),
    ...agencyNames.map(callerKeyVariableOf),
    ...registerAskers.map(registerKeyVariableOf),
  ];
  return names.map((name) => `${name}=${makeSecret()}\n`).join('') + issuer;
}

/** 32 random bytes in letters that need no escaping, in a URL nor in a `.env`. */
const randomSecret = (): string => randomBytes(32).toString('base64url');

if (import.meta.filename === process.argv[1]) process.stdout.write(makeEnv(randomSecret));
