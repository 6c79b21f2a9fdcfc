import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createAliasSeparation, repairSupergraph } from '../../../../gateway/engine/repair/index.ts';
import { composeAgencies, planGraph } from '../../../support/planned-graph.ts';
import { shopAgencies } from '../../../support/required-arguments.ts';

const stock = planGraph(shopAgencies, { isRepaired: false });
const repaired = planGraph(shopAgencies, { isRepaired: true });

type Case = readonly [what: string, query: string, right: object, stock?: object | undefined];
const cases: readonly Case[] = [
  [
    'an input',
    '{ product(upc: "p1") { weight: name estimate } }',
    { weight: 'one', estimate: '11 for 1' },
    { weight: 'one', estimate: '11 for one' },
  ],
  [
    'a key',
    '{ product(upc: "p1") { estimate upc: name } }',
    { estimate: '11 for 1', upc: 'one' },
    { estimate: '11 for 1', upc: 'p1' },
  ],
  [
    'a part of an input',
    '{ product(upc: "p1") { category { average: name } isDear } }',
    { category: { average: 'tools' }, isDear: 'average 1000' },
  ],
  [
    'a synthetic input',
    '{ product(upc: "p1") { price__required1: name estimate } }',
    { price__required1: 'one', estimate: '11 for 1' },
  ],
  [
    'an input, in fragments and twice',
    `{ product(upc: "p1") { ...A ... on Product { weight: name } estimate } }
     fragment A on Product { weight: name category { name: average(currency: "USD") name: average(currency: "USD") } }`,
    { weight: 'one', category: { name: 1000 }, estimate: '11 for 1' },
  ],
];

const named = (all: readonly Case[]) =>
  all.map(([what, query, right, wrong]) => ({ what, query, right, wrong }));

describe('aliases that are names of inputs', () => {
  it.each(named(cases))('$what', async ({ query, right }) => {
    const { data, errors } = await repaired.answer(query);
    expect({ data, errors }).toEqual({ data: { product: right }, errors: [] });
  });

  it.each(named(cases.filter((each) => each[3])))('$what: stock is wrong', async ({ query, wrong }) => {
    const { data } = await stock.answer(query);
    expect(data).toEqual({ product: wrong });
  });

  const { requestRewrites } = repairSupergraph(composeAgencies(shopAgencies));
  const separate = createAliasSeparation(requestRewrites);

  it('leaves an operation without such an alias alone', () => {
    expect(
      separate(parse('{ product(upc: "p1") { upc: upc label: name price: price(currency: "EUR") } }')),
    ).toBeNull();
  });

  it('tells nothing of an input in the place of a field that did not come', () => {
    const separated = separate(parse('{ product(upc: "p1") { weight: name } }'));
    const data = { product: { weight: 3 } };
    separated?.putBack(data);
    expect(data).toEqual({ product: {} });
  });

  it('keeps to the type conditions of the operation', () => {
    const separated = separate(parse('{ products { ... on Category { weight: name } weight } }'));
    const data = { products: [{ __typename: 'Product', weight: 3 }, null] };
    separated?.putBack(data);
    expect(data.products[0]).toEqual({ __typename: 'Product', weight: 3 });
  });

  it("gives a path the client's names", () => {
    const separated = separate(parse('{ products { weight: name } }'));
    expect(separated?.publicPath(['products', 0, 'weight__asked1'])).toEqual(['products', 0, 'weight']);
  });
});
