import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge, type Match } from './campaign.ts';
import { knownDifferences } from './known-differences.ts';
import { startOurs } from './sides/ours.ts';
import { startStock } from './sides/stock.ts';
import { composeNamed, type WorldName } from './worlds/index.ts';

interface Example {
  readonly rule: string;
  readonly world: WorldName;
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly weather?: string;
  /** What stock says, and we say: `data`, or a part of it that tells them apart. */
  readonly stock: string;
  readonly ours: string;
}

const examples: readonly Example[] = [
  {
    rule: 'order of fields',
    world: 'media',
    text: '{ mixed { ... on Either { __typename } t: __typename ... on Either { ... on Song { title } } } }',
    stock: '{"__typename":"Song","title":',
    ours: '{"__typename":"Song","t":"Song","title":',
  },
  {
    rule: 'no answer',
    world: 'shop',
    text: 'query One { users { __typename } } query Other($v: Int) { ...F } fragment F on Query { latest(first: $v) { id } }',
    operationName: 'One',
    stock: 'undefined',
    ours: '{"users":[{"__typename":"User"}',
  },
  {
    rule: 'no answer',
    world: 'media',
    text: '{ best { ... on Work { title } ... on Either { __typename } } }',
    stock: 'undefined',
    ours: '{"best":[{"title":',
  },
  {
    rule: 'error at another entity',
    world: 'shop',
    text: '{ things { ... on Thing { ... on Product { count brand { fans { friends { __typename } } } } } } }',
    weather: 'lost:721',
    stock: '{"things":[{},{},null]} [["things",0],',
    ours: '{"things":[{},{},null]} [["things",2],',
  },
  {
    rule: 'error at another entity',
    world: 'media',
    text: '{ shelf { ... on Media { __typename ... on Film { kind rating { __typename } } } } }',
    weather: 'stormy:27',
    stock: '[["shelf",0,1]]',
    ours: '[["shelf",1,0]]',
  },
  {
    rule: 'error about nothing',
    world: 'media',
    text: '{ people { known { ... on Work { title ... on Book { praise } } } } }',
    stock: '[["people","@","known","@","_entities"]]',
    ours: ' []',
  },
  {
    rule: 'mutation run twice',
    world: 'town',
    text: 'mutation ($no: Boolean!) { ...F reset { done } ...F @skip(if: $no) } fragment F on Mutation { build(where: {}) { value } }',
    variables: { no: false },
    stock: 'build reset build',
    ours: 'build reset',
  },
  {
    rule: 'null where the thing allows none',
    world: 'land',
    text: '{ pictures { at } }',
    weather: 'wild:1047',
    stock: '{"pictures":[{"at":null}]}',
    ours: '{"pictures":null}',
  },
  {
    rule: 'values lost or mixed up',
    world: 'shop',
    text: '{ products { ...F } } fragment F on Node { ... on Product { weight } }',
    stock: '{"products":[{}]}',
    ours: '{"products":[{"weight":-3.25}]}',
  },
];

const matches = new Map<string, Match>();
beforeAll(async () => {
  for (const name of new Set(examples.map((each) => each.world))) {
    const world = composeNamed(name);
    matches.set(name, { world, stock: await startStock(world), ours: await startOurs(world) });
  }
});
afterAll(async () => {
  for (const { stock, ours } of matches.values()) await Promise.all([stock.stop(), ours.stop()]);
});

describe('where stock is wrong', () => {
  it('every rule has an example', () => {
    const shown = new Set(examples.map(({ rule }) => rule));
    expect([...shown].sort()).toEqual(knownDifferences.map(({ name }) => name).sort());
  });

  it.each(examples)(
    '$rule, in $world',
    async ({ rule, world, text, variables = {}, operationName, weather = 'fair:0', stock, ours }) => {
      const match = matches.get(world);
      if (!match) throw new Error(`Nobody composed ${world}.`);
      const verdict = await judge(match, { operation: { text, variables, operationName }, weather });
      const said = ({ data, errors, run }: typeof verdict.stock): string => {
        const effects = run.effects.map((each) => each.replace(/^\w+\.(\w+)[^]*/, '$1'));
        return [String(data), JSON.stringify(errors.map(({ path }) => path)), ...effects].join(' ');
      };
      expect(said(verdict.stock)).toContain(stock);
      expect(said(verdict.ours)).toContain(ours);
      expect(verdict.rule).toBe(rule);
    },
  );
});
