import { parseArgs } from 'node:util';
import { vietnamDay } from '../calendar.ts';
import { readEnvironment } from '../config.ts';
import { readPopulationMark } from '../mark.ts';
import { openIssuerKey } from './key-file.ts';
import { orderToken, roles, type TokenRequest } from './order.ts';
import { signAccessToken } from './sign.ts';

const USAGE =
  'npm run --silent token -- PERSONA [--level 1|2] [--app CLIENT --purpose CODE] [--case NUMBER] [--reason TEXT] ' +
  `[--role ${roles.join('|')}] [--ttl SECONDS]`;

const texts = ['level', 'app', 'purpose', 'case', 'reason', 'role', 'ttl'] as const;
type Texts = Partial<Record<(typeof texts)[number], string>>;

function readLevel(text: string | undefined): { level?: 1 | 2 } {
  if (text === undefined) return {};
  if (text === '1' || text === '2') return { level: text === '1' ? 1 : 2 };
  throw new RangeError('--level is 1 or 2.');
}

function readRole(text: string | undefined): Pick<TokenRequest, 'role'> {
  if (text === undefined) return {};
  const role = roles.find((each) => each === text);
  if (role) return { role };
  throw new RangeError(`--role is one of ${roles.join(', ')}.`);
}

function toRequest(persona: string, values: Texts): TokenRequest {
  return {
    persona,
    ...readLevel(values.level),
    ...readRole(values.role),
    ...(values.app !== undefined && { app: values.app }),
    ...(values.purpose !== undefined && { purpose: values.purpose }),
    ...(values.case !== undefined && { caseNumber: values.case }),
    ...(values.reason !== undefined && { reason: values.reason }),
    ...(values.ttl !== undefined && { ttlSeconds: Number(values.ttl) }),
  };
}

/** What a command line asks for. @throws Error with a sentence when it is not one of the usage */
export function readRequest(args: readonly string[]): TokenRequest {
  const options = Object.fromEntries(texts.map((name) => [name, { type: 'string' as const }]));
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [persona, second] = positionals;
  if (persona === undefined || second !== undefined) throw new RangeError('Name one persona.');
  return toRequest(persona, values as Texts);
}

async function main(): Promise<void> {
  const request = readRequest(process.argv.slice(2));
  const { DATA_DIR } = readEnvironment();
  const now = new Date();
  const order = orderToken(request, readPopulationMark(DATA_DIR)?.asOf ?? vietnamDay(now));
  process.stdout.write(`${await signAccessToken(await openIssuerKey(DATA_DIR), order, now)}\n`);
}

if (import.meta.filename === process.argv[1]) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : 'No token could be made.');
    console.error(`Usage: ${USAGE}`);
    process.exitCode = 1;
  });
}
