/** Keys of several kinds, `@requires` through lists and value types, `@provides`, `@override`, enums that differ, unions. */
export const shop = {
  products: /* GraphQL */ `
    scalar JSON
    scalar DateTime
    enum Size {
      SMALL
      LARGE
      HUGE @inaccessible
    }
    input Range {
      from: Int = 1
      to: Int!
    }
    input Search {
      text: String
      ids: [ID!]
      range: Range
      size: Size
      nested: [[Int]]
    }
    type Query {
      product(id: ID!): Product
      products(first: Int = 3, search: Search): [Product!]
      shelves(search: [Search!]): [[Product]!]
      node(id: ID, size: Size = LARGE): Node
      nodes(ids: [ID!]! = ["a"]): [Node!]!
      things: [Thing]
      must: Product!
    }
    interface Node {
      id: ID!
    }
    interface Named {
      name: String
    }
    type Product implements Node & Named @key(fields: "id") @key(fields: "sku brand { id }") {
      id: ID!
      sku: String!
      brand: Brand!
      name: String
      title(language: String = "vi", upper: Boolean): String!
      size: Size
      sizes: [Size]
      box: Box @shareable
      dimensions: [Box!]! @shareable
      extra: JSON
      added: DateTime
      weight: Float
      similar(first: Int): [Product]
      legacy: String
      matrix: [[Int!]!]
    }
    type Box @shareable {
      width: Int
      height: Int!
      inner: Box
    }
    type Brand implements Node @key(fields: "id") {
      id: ID!
      label: String!
      products: [Product!]!
    }
    type Voucher implements Node {
      id: ID!
      worth: Float!
      text: String
    }
    union Thing = Product | Brand | Voucher
  `,
  stock: /* GraphQL */ `
    type Query {
      warehouses: [Warehouse!]
      low(limit: Int): [Product]
    }
    type Product @key(fields: "id") {
      id: ID!
      weight: Float @external
      dimensions: [Box!]! @external
      box: Box @external
      inStock: Boolean
      count: Int!
      shippingCost: Int @requires(fields: "weight")
      volume: Float! @requires(fields: "dimensions { width height } box { height }")
      legacy: String @override(from: "products")
      warehouses: [Warehouse]
    }
    type Box @shareable {
      width: Int
      height: Int!
    }
    type Warehouse @key(fields: "code") {
      code: String!
      city: String
      products: [Product!]
    }
  `,
  reviews: /* GraphQL */ `
    type Query {
      latest(first: Int): [Review]
      review(id: ID!): Review!
    }
    type Review @key(fields: "id") {
      id: ID!
      body: String
      stars: Int!
      author: User @provides(fields: "name")
      product: Product
      replies(depth: Int): [Review!]
    }
    type User @key(fields: "id") {
      id: ID!
      name: String @external
      reviews: [Review!]!
    }
    type Product @key(fields: "sku brand { id }") {
      sku: String!
      brand: Brand!
      shippingCost: Int @external
      reviews(first: Int = 2): [Review]
      score: Float!
      verdict: String @requires(fields: "shippingCost")
    }
    type Brand @key(fields: "id") {
      id: ID!
      fans: [User!]
    }
  `,
  users: /* GraphQL */ `
    type Query {
      me: User
      users: [User]!
    }
    type User @key(fields: "id") @key(fields: "email") {
      id: ID!
      email: String!
      name: String @shareable
      friends: [User!]
      home: Address
    }
    type Address {
      street: String
      zip: String!
      country: Country!
    }
    type Country {
      code: ID!
      name: String
    }
  `,
} as const;
