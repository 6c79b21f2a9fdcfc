import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { parse, type DocumentNode } from 'graphql';
import { products, reviews, shippingOf, users } from './heavy-list-data.ts';
import type { UrlOf, Workload } from './workload.ts';

interface HeavySubgraph {
  readonly typeDefs: DocumentNode;
  readonly resolvers: GraphQLResolverMap<unknown>;
}

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.0",
  import: ["@key", "@requires", "@external", "@shareable"])`;
const sdl = (text: string): DocumentNode => parse(`${header}\n${text}`);

type UserKey = { readonly id: string };
type ProductKey = { readonly upc: string };
const userOf = ({ id }: UserKey) => users.find((user) => user.id === id) ?? null;
const productOf = ({ upc }: ProductKey) => products.find((product) => product.upc === upc) ?? null;

const accounts: HeavySubgraph = {
  typeDefs: sdl(`
    type Query { me: User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String }`),
  resolvers: {
    Query: { me: () => users[0], users: () => users },
    User: { __resolveReference: (key: UserKey) => userOf(key) },
  },
};

const inventory: HeavySubgraph = {
  typeDefs: sdl(`
    type Product @key(fields: "upc") {
      upc: String! weight: Int @external price: Int @external
      inStock: Boolean shippingEstimate: Int @requires(fields: "price weight")
    }`),
  resolvers: {
    Product: {
      __resolveReference: (key: ProductKey & { price?: number; weight?: number }) => key,
      inStock: (key: ProductKey) => productOf(key)?.inStock ?? null,
      shippingEstimate: ({ price = 0, weight = 0 }: { price?: number; weight?: number }) =>
        shippingOf(price, weight),
    },
  },
};

const catalogue: HeavySubgraph = {
  typeDefs: sdl(`
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`),
  resolvers: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
    Product: { __resolveReference: (key: ProductKey) => productOf(key) },
  },
};

const opinions: HeavySubgraph = {
  typeDefs: sdl(`
    type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
    type User @key(fields: "id") { id: ID! reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`),
  resolvers: {
    Review: {
      __resolveReference: ({ id }: { id: string }) => reviews.find((review) => review.id === id) ?? null,
      author: ({ authorId }: { authorId: string }) => ({ id: authorId }),
      product: ({ upc }: { upc: string }) => ({ upc }),
    },
    User: {
      __resolveReference: (key: UserKey) => key,
      reviews: ({ id }: UserKey) => reviews.filter((review) => review.authorId === id),
    },
    Product: {
      __resolveReference: (key: ProductKey) => key,
      reviews: ({ upc }: ProductKey) => reviews.filter((review) => review.upc === upc),
    },
  },
};

const subgraphs: Readonly<Record<string, HeavySubgraph>> = {
  accounts,
  inventory,
  products: catalogue,
  reviews: opinions,
};

function compose(urlOf: UrlOf): string {
  const services = Object.entries(subgraphs).map(([name, { typeDefs }]) => ({
    name,
    typeDefs,
    url: urlOf(name),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl) return supergraphSdl;
  throw new Error(`The heavy list does not compose: ${errors?.map(({ message }) => message).join(' ')}`);
}

const query = `query HeavyList {
  users { ...OfUser reviews { ...OfReview product { ...OfProduct reviews { ...OfReview author { ...OfUser reviews { ...OfReview product { ...OfProduct } } } } } } }
  topProducts { ...OfProduct reviews { ...OfReview author { ...OfUser reviews { ...OfReview product { ...OfProduct } } } } }
}
fragment OfUser on User { id username name }
fragment OfReview on Review { id body }
fragment OfProduct on Product { inStock name price shippingEstimate upc weight }
`;

/** W1: users, their reviews, the reviewed products, and the products' reviews with their authors again. */
export const createHeavyList = (): Workload => ({
  title: 'W1, a heavy list over four subgraphs',
  query,
  variables: [{}],
  subgraphNames: Object.keys(subgraphs),
  supergraphOf: compose,
  createSchemas: () =>
    new Map(Object.entries(subgraphs).map(([name, subgraph]) => [name, buildSubgraphSchema(subgraph)])),
});
