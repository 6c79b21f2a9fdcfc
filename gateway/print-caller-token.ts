import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { agencyNames, callerKeyVariableOf, parseMacKey, roleNames, type Caller, type Role } from '#schema';
import { createCallerTokens } from './caller-token.ts';
import { readConfig } from './config.ts';

const usage = `Usage: npm run --silent caller-token -- AGENCY WHO

Prints one caller token for that agency, as the gateway would send it in the header x-caller-token. It is good for
seconds. The key is read from AGENCY_CALLER_KEY (RESIDENCE_CALLER_KEY, …), else from CALLER_KEY.

WHO is one of
  --citizen ID [--level 1|2]       a citizen, by opaque id, through the first-party client
  --app CLIENT --purpose CODE      an officer of a registered app
    [--case NUMBER] [--statute REFERENCE] [--reason TEXT] [--role ${roleNames.join('|')}] [--officer ID]
  --anonymous                      nobody`;

const text = { type: 'string' } as const;
const options = {
  ...{ citizen: text, level: text, client: text },
  ...{ app: text, purpose: text, case: text, statute: text, reason: text, role: text, officer: text },
  anonymous: { type: 'boolean' },
} as const;

const readArguments = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true });
type Values = ReturnType<typeof readArguments>['values'];

const levels = { '1': 1, '2': 2 } as const;

function levelOf(level = '2'): 1 | 2 {
  if (level === '1' || level === '2') return levels[level];
  throw new Error('--level takes 1 or 2.');
}

function rolesOf(role = 'officer'): readonly Role[] {
  const known = roleNames.find((name) => name === role);
  if (known) return [known];
  throw new Error(`--role takes one of ${roleNames.join(', ')}.`);
}

function readApp({ app = '', purpose, level, role, officer, ...more }: Values): Caller {
  if (!purpose) throw new Error('--app needs --purpose.');
  return {
    kind: 'signed-in',
    sub: officer ?? `officer:${app}`,
    clientId: app,
    level: levelOf(level),
    roles: rolesOf(role),
    purpose: {
      code: purpose,
      legalReference: more.statute ?? null,
      caseNumber: more.case ?? null,
      justification: more.reason ?? null,
    },
  };
}

function readCaller(values: Values): Caller {
  const { citizen, app, anonymous, level, client = 'vneid' } = values;
  const ways = [citizen, app, anonymous].filter((way) => way !== undefined).length;
  if (ways !== 1) throw new Error('Say who asks in one way.');
  if (app) return readApp(values);
  if (!citizen) return { kind: 'anonymous' };
  return {
    kind: 'signed-in',
    sub: citizen,
    clientId: client,
    level: levelOf(level),
    roles: [],
    purpose: null,
  };
}

/** The token that the arguments ask for. @throws Error with a sentence that says what is wrong */
export function makeCallerToken(
  args: readonly string[],
  variable: (name: string) => string | undefined,
  nowSeconds: () => number,
): string {
  const { values, positionals } = readArguments(args);
  const agency = agencyNames.find((name) => name === positionals[0]);
  if (positionals.length !== 1 || !agency) throw new Error(`Name one agency: ${agencyNames.join(', ')}.`);
  const named = callerKeyVariableOf(agency);
  const keyOf = () => parseMacKey(variable(named) ?? variable('CALLER_KEY'), `${named} (or CALLER_KEY)`);
  return createCallerTokens({ keyOf, nowSeconds }).sign(agency, readCaller(values), randomUUID());
}

function main(): void {
  const { variable } = readConfig([]);
  try {
    console.log(makeCallerToken(process.argv.slice(2), variable, () => Date.now() / 1000));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : 'That did not work.'}\n\n${usage}`);
    process.exitCode = 1;
  }
}

if (import.meta.filename === process.argv[1]) main();
