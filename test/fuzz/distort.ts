import type { AgencyAnswer } from '../../gateway/agency-source.ts';
import type { Random } from './random.ts';

/** What an answer may hold in place of what it should; each made anew. */
const oddities: readonly (() => unknown)[] = [
  () => null,
  () => 0,
  () => -1.5,
  () => true,
  () => '',
  () => 'odd',
  () => [],
  () => [[[]]],
  () => [null, {}],
  () => ({}),
  () => ({ __typename: 'Nobody' }),
  () => ({ __typename: '__proto__' }),
  () => ({ __typename: 7, id: {} }),
  () =>
    JSON.parse(
      '{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}}}',
    ) as unknown,
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function distortValue(value: unknown, random: Random): unknown {
  if (random.chance(0.04)) return random.pick(oddities)();
  if (Array.isArray(value)) {
    const items = value.map((each) => distortValue(each, random));
    if (random.chance(0.05)) items.reverse();
    return random.chance(0.04) ? items.slice(1) : items;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(() => !random.chance(0.03));
  if (random.chance(0.04)) entries.push(['__typename', random.pick(['Nobody', 'Query', '', '__proto__'])]);
  return Object.fromEntries(entries.map(([key, each]) => [key, distortValue(each, random)]));
}

const oddErrors: readonly (() => unknown)[] = [
  () => null,
  () => 'SECRET',
  () => ({}),
  () => ({ message: 'SECRET of the database', path: ['__proto__', 'x'], extensions: { code: 'SECRET' } }),
  () => ({ message: { SECRET: 1 }, path: 'SECRET', extensions: [] }),
  () => ({
    message: 'SECRET',
    path: ['_entities', -1, 1e9],
    extensions: { code: 'DATABASE_TIMEOUT', SECRET: 1 },
  }),
  () => ({ message: 'SECRET', path: ['_entities', 0, { x: 1 }], locations: 'SECRET' }),
];

/** The answer of an agency that is broken or evil: anything that JSON can be, near to what was asked. */
export function distort(answer: AgencyAnswer, random: Random): AgencyAnswer {
  const data = distortValue(answer.data, random);
  const errors = random.chance(0.2) ? [random.pick(oddErrors)(), ...(answer.errors ?? [])] : answer.errors;
  return JSON.parse(JSON.stringify({ data, ...(errors && { errors }) })) as AgencyAnswer;
}
