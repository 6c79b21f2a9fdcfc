import { parseArgs } from 'node:util';
import { parseDay, vietnamDay } from './calendar.ts';
import { readEnvironment } from './config.ts';
import { readPopulationMark } from './mark.ts';
import type { Day } from './person.ts';
import { personas, type Persona } from './personas/index.ts';

const USAGE = 'npm run --silent personas -- [--json] [--as-of YYYY-MM-DD]';

interface Options {
  readonly json: boolean;
  /** `undefined`: the day of the loaded population, else today. */
  readonly asOf: Day | undefined;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, 'as-of': { type: 'string' } },
  });
  const asOf = values['as-of'];
  if (asOf !== undefined) parseDay(asOf);
  return { json: values.json, asOf };
}

/** One line each: name, personal number, level, note. */
export function formatPersonas(list: readonly Persona[]): string {
  const width = Math.max(4, ...list.map((persona) => persona.name.length));
  const line = (name: string, number: string, level: string, note: string): string =>
    `${name.padEnd(width)}  ${number.padEnd(12)}  ${level.padEnd(5)}  ${note}`;
  const rows = list.map(({ name, personalId, level, note }) => line(name, personalId, String(level), note));
  return [line('name', 'personalId', 'level', 'note'), ...rows].join('\n');
}

function main(): void {
  const { json, asOf } = readOptions();
  const day = asOf ?? readPopulationMark(readEnvironment().DATA_DIR)?.asOf ?? vietnamDay(new Date());
  const list = personas(day);
  console.log(json ? JSON.stringify(list, null, 2) : formatPersonas(list));
}

if (import.meta.filename === process.argv[1]) {
  try {
    main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'The personas cannot be listed.');
    console.error(`Usage: ${USAGE}`);
    process.exitCode = 1;
  }
}
