import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge, makeCases, type Match } from './campaign.ts';
import { generateOperations, isValid } from './operations/generate.ts';
import type { Operation } from './operations/operation.ts';
import { shrink } from './shrink.ts';
import { startStock } from './sides/stock.ts';
import type { Side, SideAnswer } from './sides/side.ts';
import { composeNamed } from './worlds/index.ts';

const world = composeNamed('town');
let stock: Side;
beforeAll(async () => {
  stock = await startStock(world);
});
afterAll(() => stock.stop());

/** What stock tells beside the errors, told as an error. */
const tellMisfits = (answer: SideAnswer): SideAnswer => {
  const told = answer.misfits.map((path) => ({ message: '', path, code: 'SUBGRAPH_BAD_RESPONSE' }));
  return { ...answer, errors: [...answer.errors, ...told] };
};

/** Stock in our place, but for one fault. */
function spoil(change: (answer: SideAnswer) => SideAnswer): Match {
  const ours: Side = {
    ask: async (operation, weather) => change(tellMisfits(await stock.ask(operation, weather))),
    stop: () => Promise.resolve(),
  };
  return { world, stock, ours };
}

async function findKinds(match: Match): Promise<ReadonlySet<string>> {
  const kinds = new Set<string>();
  for (const each of makeCases(world, 'harness', 60)) {
    const { difference, rule } = await judge(match, each);
    if (difference && rule === null) kinds.add(difference.kind);
  }
  return kinds;
}

describe('the harness', () => {
  it('finds nothing between stock and stock', async () => {
    expect([...(await findKinds(spoil((answer) => answer)))]).toEqual([]);
  });

  it.each<[string, string, (answer: SideAnswer) => SideAnswer]>([
    [
      'a value that is gone',
      'data',
      ({ data, ...rest }) => ({ ...rest, data: data?.replace(/"~[^"]*"/, 'null') }),
    ],
    ['an error that is not told', 'errors', (answer) => ({ ...answer, errors: answer.errors.slice(1) })],
    [
      'an error in another place',
      'errors',
      (answer) => ({ ...answer, errors: answer.errors.map((each) => ({ ...each, path: ['elsewhere'] })) }),
    ],
    [
      'a code that is another',
      'errors',
      (answer) => ({ ...answer, errors: answer.errors.map((each) => ({ ...each, code: 'OVERLOADED' })) }),
    ],
    [
      'a mutation that runs twice',
      'effects',
      (answer) => ({
        ...answer,
        run: { ...answer.run, effects: answer.run.effects.flatMap((each) => [each, each]) },
      }),
    ],
  ])('finds %s', async (_, kind, change) => {
    expect([...(await findKinds(spoil(change)))]).toContain(kind);
  });

  it('finds the smallest operation that shows it', async () => {
    const text =
      'query A { version citizens(where: {}) { ...F mood } } fragment F on Citizen { id parents { born name } }';
    const fails = async (operation: Operation): Promise<boolean> => operation.text.includes('born');
    const { text: smallest } = await shrink({ text, variables: {} }, world.api, fails);
    expect(smallest.replaceAll(/\s+/g, ' ')).toBe(
      'query A { citizens { ...F } } fragment F on Citizen { parents { born } }',
    );
  });
});

const features: Readonly<Record<string, RegExp>> = {
  'an alias': /\w+: \w+[ ({]/,
  'a variable': /: \$v\d/,
  'a default': /\$v\d+: [^=,)]+ = /,
  'a variable inside a value': /[[{][^(){}]*\$v\d/,
  'a named fragment': /\.\.\.F/,
  'a fragment on an interface': /on Event/,
  'a fragment on a union': /on Moved/,
  'a fragment without a type': /\.\.\. (@\w+\([^)]*\) )?\{/,
  '@skip by a variable': /@skip\(if: \$/,
  '@include by a value': /@include\(if: (true|false)\)/,
  'a condition on a fragment': /on \w+ @(skip|include)/,
  'two operations': /Other[\s\S]*One|One[\s\S]*Other/,
  'a mutation': /^mutation/,
  'two mutations':
    /^mutation \w+(\([^)]*\))? \{ \w+: \w+\(.* \} \w+: (move|forget|build|burn|pay|register|reset)/,
  __typename: /__typename/,
  'an alias of __typename': /t\d: __typename/,
  null: /: null/,
  'a list': /: \[/,
  introspection: /__schema|__type\(/,
  'an alias like a prototype': /__proto__: /,
};

describe('the generator', () => {
  const operations: (Operation & { readonly seed: string })[] = [];
  for (const operation of generateOperations(world.api, 'generator'))
    if (operations.push(operation) === 400) break;

  it('makes valid operations, the same for the same seed', () => {
    expect(operations.every(({ text }) => isValid(world.api, text))).toBe(true);
    const again = generateOperations(world.api, 'generator');
    expect(operations.slice(0, 20)).toEqual(operations.slice(0, 20).map(() => again.next().value));
  });

  it.each(Object.entries(features))('writes %s', (_, pattern) => {
    expect(operations.filter(({ text }) => pattern.test(text)).length).toBeGreaterThan(0);
  });

  it('makes few operations twice', () => {
    expect(new Set(operations.map(({ text }) => text)).size).toBeGreaterThan(380);
  });
});
