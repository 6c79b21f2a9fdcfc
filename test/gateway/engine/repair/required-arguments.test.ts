import { describe, expect, it } from 'vitest';
import { planGraph } from '../../../support/planned-graph.ts';
import { shopAgencies } from '../../../support/required-arguments.ts';

const stock = planGraph(shopAgencies, { isRepaired: false });
const repaired = planGraph(shopAgencies, { isRepaired: true });

interface Case {
  readonly what: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly right: object;
  /** What stock says instead. */
  readonly stock?: object;
}

const cases: readonly Case[] = [
  {
    what: 'one field with an argument',
    query: '{ product(upc: "p1") { estimate } }',
    right: { estimate: '11 for 1' },
  },
  {
    what: 'two fields with the same arguments',
    query: '{ product(upc: "p1") { estimate again: estimate } }',
    right: { estimate: '11 for 1', again: '11 for 1' },
  },
  {
    what: 'two fields with different arguments',
    query: '{ product(upc: "p1") { estimate estimateEur } }',
    right: { estimate: '11 for 1', estimateEur: '21 for 1' },
    stock: { estimate: '21 for 1', estimateEur: '21 for 1' },
  },
  {
    what: "the client's own argument",
    query: '{ product(upc: "p1") { estimate price(currency: "EUR") } }',
    right: { estimate: '11 for 1', price: 21 },
    stock: { estimate: '11 for 1', price: 11 },
  },
  {
    what: "the client's own argument under an alias",
    query: '{ product(upc: "p1") { estimate euros: price(currency: "EUR") price(currency: "VND") } }',
    right: { estimate: '11 for 1', euros: 21, price: 31 },
    stock: { estimate: '11 for 1', euros: 21, price: 11 },
  },
  {
    what: "the client's own argument in a variable, in named fragments",
    query: `query ($currency: String = "EUR") { product(upc: "p1") { ...Own ...Same } }
      fragment Own on Product { price(currency: $currency) }
      fragment Same on Product { price(currency: $currency) estimate }`,
    variables: {},
    right: { price: 21, estimate: '11 for 1' },
  },
  {
    what: 'arguments in another order, with a default left out',
    query: '{ product(upc: "p1") { estimateNet estimate } }',
    right: { estimateNet: '6 net', estimate: '11 for 1' },
    stock: { estimateNet: '11 net', estimate: '11 for 1' },
  },
  {
    what: 'an argument below the entity',
    query: '{ product(upc: "p1") { isDear category { name average(currency: "VND") } } }',
    right: { isDear: 'average 1000', category: { name: 'tools', average: 3000 } },
    stock: { isDear: 'average 1000', category: { name: 'tools', average: 1000 } },
  },
  {
    what: 'everything at once: three representations for one entity',
    query: `{ product(upc: "p1") { name estimate estimateEur estimateNet isDear isDearEur note(text: "kept") } }`,
    right: {
      name: 'one',
      estimate: '11 for 1',
      estimateEur: '21 for 1',
      estimateNet: '6 net',
      isDear: 'average 1000',
      isDearEur: 'average 2000',
      note: 'kept',
    },
  },
  {
    what: 'a variable that only one of the split fetches uses',
    query: 'query ($text: String) { product(upc: "p1") { estimate estimateEur note(text: $text) } }',
    variables: { text: 'said' },
    right: { estimate: '11 for 1', estimateEur: '21 for 1', note: 'said' },
  },
  {
    what: 'fields that are skipped',
    query: `query ($yes: Boolean = true) { product(upc: "p1") {
      estimate @skip(if: $yes) estimateEur @include(if: $yes) ... @include(if: $yes) { isDear } } }`,
    right: { estimateEur: '21 for 1', isDear: 'average 1000' },
  },
];

describe('@requires with arguments', () => {
  it.each(cases)('$what', async ({ query, variables, right }) => {
    const { data, errors } = await repaired.answer(query, variables);
    expect(errors).toEqual([]);
    expect(data).toEqual({ product: right });
  });

  it.each(cases.filter((each) => each.stock))('$what: stock is wrong', async (each) => {
    const { data } = await stock.answer(each.query, each.variables);
    expect(data).toEqual({ product: each.stock });
  });
});
