/** Entities that are reached over several keys, requirements of requirements, keys that cannot be looked up. */
export const chain = {
  first: /* GraphQL */ `
    type Query {
      a(id: ID!): A
      as(first: Int): [A!]
      b: B
      orders: [Order]
    }
    type A @key(fields: "id") {
      id: ID!
      x: Int!
      next: A
      peers: [A]
      b: B
    }
    type B @key(fields: "id", resolvable: false) {
      id: ID!
    }
    type Order @key(fields: "number shop { code }") {
      number: Int!
      shop: Shop!
      lines: [Line!]!
      note: String
    }
    type Shop @key(fields: "code") {
      code: String!
    }
    type Line {
      amount: Int
      item: A
    }
  `,
  second: /* GraphQL */ `
    type Query {
      bs: [B!]!
      shops: [Shop]
    }
    type A @key(fields: "id") @key(fields: "code") {
      id: ID!
      code: String!
      y: String
      level: Int @inaccessible
    }
    type B @key(fields: "id") @key(fields: "p { q r }") {
      id: ID!
      p: P!
      label: String
      a: A!
    }
    type P @shareable {
      q: ID!
      r: Int!
    }
    type Shop @key(fields: "code") {
      code: String!
      name: String!
      owner: Owner
      sells: [A!]
    }
    type Owner @key(fields: "id") {
      id: ID!
      name: String @shareable
      shops: [Shop!]!
    }
  `,
  third: /* GraphQL */ `
    type Query {
      owner: Owner
      latest: Order
    }
    type A @key(fields: "code") {
      code: String!
      x: Int! @external
      y: String @external
      z: Int @requires(fields: "x y")
      deep: [String!] @requires(fields: "x")
    }
    type B @key(fields: "p { q r }") {
      p: P!
      size(unit: String): Float
      partner: B
      owner: Owner
    }
    type P @shareable {
      q: ID!
      r: Int!
    }
    type Owner @key(fields: "id") {
      id: ID!
      name: String @shareable
      mood: String
    }
    type Order @key(fields: "number shop { code }") {
      number: Int!
      shop: Shop!
      lines: [Line!]! @external
      total: Float @requires(fields: "lines { amount }")
      paid: Boolean!
    }
    type Shop @key(fields: "code") {
      code: String!
    }
    type Line @shareable {
      amount: Int @external
    }
  `,
  fourth: /* GraphQL */ `
    type A @key(fields: "id") {
      id: ID!
      z: Int @external
      verdict: String @requires(fields: "z")
      tags: [Tag]
    }
    type Tag @key(fields: "id") {
      id: ID!
      word: String!
      on: [Tagged!]!
    }
    union Tagged = A | Owner
    type Owner @key(fields: "id") {
      id: ID!
      mood: String @external
      advice: [String] @requires(fields: "mood")
    }
  `,
} as const;
