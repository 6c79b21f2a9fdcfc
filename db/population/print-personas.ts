import { parseArgs } from 'node:util';
import { parseDay, vietnamDay } from './calendar.ts';
import { readEnvironment } from './config.ts';
import { openIssuerKey, orderToken, signAccessToken } from './issuer/index.ts';
import { readPopulationMark } from './mark.ts';
import type { Day } from './person.ts';
import { personas, type Persona } from './personas/index.ts';

const USAGE = 'npm run --silent personas -- [--json [--tokens]] [--as-of YYYY-MM-DD]';

interface Options {
  readonly json: boolean;
  /** With an access token for each level of the persona's account. */
  readonly tokens: boolean;
  /** `undefined`: the day of the loaded population, else today. */
  readonly asOf: Day | undefined;
}

/** What a command line asks for. @throws Error with a sentence when it is not one of the usage */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      tokens: { type: 'boolean', default: false },
      'as-of': { type: 'string' },
    },
  });
  if (values.tokens && !values.json) throw new RangeError('--tokens needs --json.');
  const asOf = values['as-of'];
  if (asOf !== undefined) parseDay(asOf);
  return { json: values.json, tokens: values.tokens, asOf };
}

/** One line each: name, personal number, level, note. */
export function formatPersonas(list: readonly Persona[]): string {
  const width = Math.max(4, ...list.map((persona) => persona.name.length));
  const line = (name: string, number: string, level: string, note: string): string =>
    `${name.padEnd(width)}  ${number.padEnd(12)}  ${level.padEnd(5)}  ${note}`;
  const rows = list.map(({ name, personalId, level, note }) => line(name, personalId, String(level), note));
  return [line('name', 'personalId', 'level', 'note'), ...rows].join('\n');
}

/** A persona with access tokens of the development issuer; `null` for a level that the account has not. */
export interface PersonaWithTokens extends Persona {
  readonly tokens: { readonly level1: string | null; readonly level2: string | null };
}

async function addTokens(
  list: readonly Persona[],
  dataDir: string,
  day: Day,
  now: Date,
): Promise<readonly PersonaWithTokens[]> {
  const key = await openIssuerKey(dataDir);
  const tokenOf = async (persona: Persona, level: 1 | 2): Promise<string | null> =>
    persona.level < level
      ? null
      : signAccessToken(key, orderToken({ persona: persona.name, level }, day), now);
  const addTo = async (persona: Persona): Promise<PersonaWithTokens> => ({
    ...persona,
    tokens: { level1: await tokenOf(persona, 1), level2: await tokenOf(persona, 2) },
  });
  return Promise.all(list.map(addTo));
}

async function main(): Promise<void> {
  const { json, tokens, asOf } = readOptions(process.argv.slice(2));
  const { DATA_DIR } = readEnvironment();
  const now = new Date();
  const day = asOf ?? readPopulationMark(DATA_DIR)?.asOf ?? vietnamDay(now);
  const list = tokens ? await addTokens(personas(day), DATA_DIR, day, now) : personas(day);
  console.log(json ? JSON.stringify(list, null, 2) : formatPersonas(list));
}

if (import.meta.filename === process.argv[1]) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : 'The personas cannot be listed.');
    console.error(`Usage: ${USAGE}`);
    process.exitCode = 1;
  });
}
