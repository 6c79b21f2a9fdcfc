import { describe } from 'vitest';
import { expectAnswers, federation, type SmallSubgraph } from './small-graph.ts';

const prices: Readonly<Record<string, number>> = { VND: 31, USD: 11, EUR: 21 };
const products: SmallSubgraph = {
  name: 'products',
  sdl: `${federation}
    type Query { product: Product products: [Product] }
    type Product @key(fields: "upc") {
      upc: ID! name: String price(currency: String = "VND"): Int boxes: [Box!] tags(of: Filter): [String!]
    }
    type Box { width: Int! height: Int! inner: Box }
    input Filter { kind: Kind = ALL depth: Int }
    enum Kind { ALL NEW }`,
  resolvers: {
    Query: {
      product: () => ({ upc: 'p1', name: 'one' }),
      products: () => ['p1', 'p2', 'p1'].map((upc) => ({ upc, name: upc === 'p2' ? null : 'one' })),
    },
    Product: {
      price: (_: unknown, { currency }: { currency: string }) => prices[currency],
      boxes: () => [
        { width: 2, height: 3, inner: { width: 1, height: 1 } },
        { width: 4, height: 5, inner: null },
      ],
      tags: (_: unknown, { of }: { of?: { kind: string; depth?: number } }) => [`${of?.kind} ${of?.depth}`],
    },
  },
};
interface Given {
  readonly upc: string;
  readonly name: string | null;
  readonly price: number;
  readonly boxes: readonly { readonly width: number; readonly inner: { readonly height: number } | null }[];
  readonly tags: readonly string[];
}
const shipping: SmallSubgraph = {
  name: 'shipping',
  sdl: `${federation}
    type Product @key(fields: "upc") {
      upc: ID!
      name: String @external
      price(currency: String = "VND"): Int @external
      boxes: [Box!] @external
      tags(of: Filter): [String!] @external
      label: String @requires(fields: "name")
      dollars: String @requires(fields: "price(currency: \\"USD\\")")
      euros: String @requires(fields: "price(currency: \\"EUR\\")")
      size: String @requires(fields: "boxes { width inner { height } }")
      tagged: String @requires(fields: "tags(of: {kind: NEW, depth: 2})")
    }
    type Box @shareable { width: Int! @external inner: Box @external height: Int! @external }
    input Filter { kind: Kind = ALL depth: Int }
    enum Kind { ALL NEW }`,
  resolvers: {
    Product: {
      label: ({ name }: Given) => `label of ${name}`,
      dollars: ({ price }: Given) => `${price} USD`,
      euros: ({ price }: Given) => `${price} EUR`,
      size: ({ boxes }: Given) =>
        boxes.map(({ width, inner }) => `${width}/${inner?.height ?? '-'}`).join(' '),
      tagged: ({ tags }: Given) => tags.join(),
    },
  },
};
const stickers: SmallSubgraph = {
  name: 'stickers',
  sdl: `${federation} type Product @key(fields: "upc") { upc: ID! label: String @external sticker: String @requires(fields: "label") }`,
  resolvers: { Product: { sticker: ({ label }: { label: string }) => `sticker: ${label}` } },
};

describe('@requires', () => {
  expectAnswers(
    [products, shipping, stickers],
    [
      { what: 'a field', query: '{ product { label } }', data: { product: { label: 'label of one' } } },
      {
        what: 'a field that requires another',
        query: '{ product { sticker } }',
        data: { product: { sticker: 'sticker: label of one' } },
      },
      {
        what: 'fields below lists and values that may be missing',
        query: '{ product { size } }',
        data: { product: { size: '2/1 4/-' } },
      },
      {
        what: 'what is required is null, and is given as null',
        query: '{ products { label } }',
        data: {
          products: [{ label: 'label of one' }, { label: 'label of null' }, { label: 'label of one' }],
        },
      },
      {
        what: 'under the alias of another field, required and selected under aliases',
        query: '{ product { name: label label: name } }',
        data: { product: { name: 'label of one', label: 'one' } },
      },
      {
        what: 'with an argument',
        query: '{ product { dollars } }',
        data: { product: { dollars: '11 USD' } },
      },
      {
        what: 'with an argument that is an object with an enum',
        query: '{ product { tagged tags(of: {depth: 9}) } }',
        data: { product: { tagged: 'NEW 2', tags: ['ALL 9'] } },
      },
      {
        what: "with an argument, beside the client's own for the same field",
        query: '{ product { dollars price(currency: "EUR") } }',
        data: { product: { dollars: '11 USD', price: 21 } },
      },
      {
        what: "with an argument, beside the client's own in a variable",
        query: 'query ($c: String) { product { price(currency: $c) dollars } }',
        variables: { c: 'VND' },
        data: { product: { price: 31, dollars: '11 USD' } },
      },
      {
        what: 'with an argument, beside the same field without one',
        query: '{ product { price dollars p: price(currency: "EUR") } }',
        data: { product: { price: 31, dollars: '11 USD', p: 21 } },
      },
      {
        what: 'twice with arguments that differ',
        query: '{ product { dollars euros } }',
        data: { product: { dollars: '11 USD', euros: '21 EUR' } },
      },
      {
        what: 'twice with arguments that differ, for each of a list',
        query: '{ products { euros d: dollars price } }',
        data: {
          products: Array.from({ length: 3 }, () => ({ euros: '21 EUR', d: '11 USD', price: 31 })),
        },
      },
      {
        what: 'beside a field that requires something else, under a condition that does not hold',
        query: 'query ($yes: Boolean!) { products { size @include(if: $yes) label } }',
        variables: { yes: false },
        data: {
          products: [{ label: 'label of one' }, { label: 'label of null' }, { label: 'label of one' }],
        },
      },
      {
        what: 'with arguments, in named fragments and under conditions',
        query: `query ($yes: Boolean!) { product { ...A ...B @include(if: $yes) } }
          fragment A on Product { dollars @skip(if: $yes) } fragment B on Product { euros price(currency: "USD") }`,
        variables: { yes: true },
        data: { product: { euros: '21 EUR', price: 11 } },
      },
    ],
  );
});
