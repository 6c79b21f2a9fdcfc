import type { ConstantAgency } from './planned-graph.ts';

const link = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [${imports}])\n`;

export const linkAll = link(
  '"@key", "@external", "@requires", "@shareable", "@inaccessible", "@interfaceObject", "@override"',
);

interface Product {
  readonly upc: string;
  readonly weight?: number;
  readonly price?: number;
  readonly category?: { readonly average?: number };
}

/** Answers with what it was given, so that a wrong input shows. */
const shipping: ConstantAgency = {
  name: 'shipping',
  sdl: `${linkAll}
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price(currency: String!, isNet: Boolean = false): Int @external
      category: Category @external
      estimate: String @requires(fields: "price(currency: \\"USD\\") weight")
      estimateEur: String @requires(fields: "weight price(currency: \\"EUR\\")")
      estimateNet: String @requires(fields: "price(isNet: true, currency: \\"USD\\")")
      isDear: String @requires(fields: "category { average(currency: \\"USD\\") }")
      isDearEur: String @requires(fields: "category { average(currency: \\"EUR\\") }")
      note(text: String): String
    }
    type Category { average(currency: String!): Int @external }
  `,
  resolvers: {
    Product: {
      estimate: ({ price, weight }: Product) => `${price} for ${weight}`,
      estimateEur: ({ price, weight }: Product) => `${price} for ${weight}`,
      estimateNet: ({ price }: Product) => `${price} net`,
      isDear: ({ category }: Product) => `average ${category?.average}`,
      isDearEur: ({ category }: Product) => `average ${category?.average}`,
      note: (_: Product, { text }: { text?: string }) => text ?? 'none',
    },
  },
};

const prices: Readonly<Record<string, number>> = { USD: 10, EUR: 20, VND: 30 };

const shop: ConstantAgency = {
  name: 'shop',
  sdl: `${linkAll}
    type Query { products: [Product] product(upc: String!): Product }
    type Product @key(fields: "upc") {
      upc: String!
      name: String
      weight: Int
      price(currency: String!, isNet: Boolean = false): Int
      category: Category
    }
    type Category { name: String average(currency: String!): Int }
  `,
  resolvers: {
    Query: {
      products: () => [1, 2].map((index) => ({ upc: `p${index}`, name: `name ${index}`, weight: index })),
      product: (_: unknown, { upc }: { upc: string }) => ({ upc, name: 'one', weight: 1 }),
    },
    Product: {
      price: ({ weight = 0 }: Product, { currency, isNet }: { currency: string; isNet: boolean }) =>
        (prices[currency] ?? 0) + weight - (isNet ? 5 : 0),
      category: () => ({ name: 'tools' }),
    },
    Category: { average: (_: unknown, { currency }: { currency: string }) => (prices[currency] ?? 0) * 100 },
  },
};

export const shopAgencies: readonly ConstantAgency[] = [shipping, shop];
