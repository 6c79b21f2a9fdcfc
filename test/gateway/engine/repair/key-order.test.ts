import { describe, expect, it } from 'vitest';
import { asksUnresolvable, repairSupergraph } from '../../../../gateway/engine/repair/index.ts';
import { composeAgencies, planGraph, type ConstantAgency } from '../../../support/planned-graph.ts';
import { linkAll } from '../../../support/required-arguments.ts';

const productKeys = '@key(fields: "id", resolvable: false) @key(fields: "sku")';
const shelf = (keys: string): ConstantAgency => ({
  name: 'shelf',
  sdl: `${linkAll}
    type Query { top: Box }
    type Box { product: Product }
    type Product ${keys} {
      id: ID! @shareable
      sku: ID! @shareable
      weight: Int @external
      estimate: String @requires(fields: "weight")
    }`,
  resolvers: {
    Query: { top: () => ({ product: { id: 'i1', sku: 's1' } }) },
    Product: {
      __resolveReference: (key: { sku?: string }) => (key.sku === undefined ? null : { ...key, id: 'i1' }),
      estimate: ({ weight }: { weight: number }) => `weighs ${weight}`,
    },
  },
});
const scales: ConstantAgency = {
  name: 'scales',
  sdl: `${linkAll}
    type Query { products: [Product] }
    type Product @key(fields: "id") @key(fields: "sku") { id: ID! @shareable sku: ID! @shareable weight: Int }`,
  resolvers: {
    Query: { products: () => [{ id: 'i1', sku: 's1', weight: 7 }] },
    Product: { __resolveReference: () => ({ id: 'i1', sku: 's1', weight: 7 }) },
  },
};

const query = '{ top { product { estimate } } }';
const agencies = [shelf(productKeys), scales];

describe('keys of which some cannot be resolved', () => {
  it('stock comes back with a key that the agency does not resolve, and answers null without an error', async () => {
    const { data, errors } = await planGraph(agencies, { isRepaired: false }).answer(query);
    expect({ data, errors }).toEqual({ data: { top: { product: { estimate: null } } }, errors: [] });
  });

  it('comes back with a key that the agency resolves', async () => {
    const graph = planGraph(agencies, { isRepaired: true });
    const { data, errors, asked } = await graph.answer(query);
    expect({ data, errors }).toEqual({ data: { top: { product: { estimate: 'weighs 7' } } }, errors: [] });
    expect(asksUnresolvable(graph.plan(query), graph.rewrites!)).toBe(false);
    expect(asked.at(-1)?.representations).toEqual([{ __typename: 'Product', sku: 's1', weight: 7 }]);
  });

  it('an agency without any resolvable key cannot be come back to, and the plan says so', async () => {
    const unlisted = { ...scales, sdl: scales.sdl.replace('type Query { products: [Product] }', '') };
    const { Product } = scales.resolvers as { Product: object };
    const only = [shelf('@key(fields: "id", resolvable: false)'), { ...unlisted, resolvers: { Product } }];
    const graph = planGraph(only, { isRepaired: true });
    const { data, errors } = await graph.answer(query);
    expect({ data, errors }).toEqual({ data: { top: { product: { estimate: null } } }, errors: [] });
    expect(asksUnresolvable(graph.plan(query), graph.rewrites!)).toBe(true);
    expect(asksUnresolvable(graph.plan('{ top { product { id } } }'), graph.rewrites!)).toBe(false);
  });

  it('leaves a supergraph alone that needs no repair, to the letter', () => {
    const text = composeAgencies([shelf('@key(fields: "sku")'), scales]);
    expect(repairSupergraph(text).text).toBe(text);
  });

  it('keeps the order of the others', () => {
    const text = composeAgencies(agencies);
    const keys = repairSupergraph(text).text.match(/@join__type\(graph: \w+, key: [^)]*\)/g);
    expect(keys).toEqual([
      '@join__type(graph: SCALES, key: "id")',
      '@join__type(graph: SCALES, key: "sku")',
      '@join__type(graph: SHELF, key: "sku")',
      '@join__type(graph: SHELF, key: "id", resolvable: false)',
    ]);
  });
});
