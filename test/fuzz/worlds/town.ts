/** Mutations over several subgraphs, inputs of every shape, answers that lead back to the root. */
export const town = {
  registry: /* GraphQL */ `
    scalar Long
    scalar JSON
    type Query {
      citizen(id: ID!): Citizen
      citizens(where: Where): [Citizen!]!
      self: Query!
      version: Long
      any(value: JSON): JSON
    }
    type Mutation {
      register(name: String!, born: Int): Citizen!
      move(input: Move!): Moved
      forget(ids: [ID!]!): [ID]
      reset: Reset
    }
    input Where {
      name: String = "Lan"
      ages: [Int!]
      mood: Mood
      and: Where
      anything: JSON
    }
    input Move {
      citizen: ID!
      to: Place!
      tags: [[String]] = [["x"], null]
    }
    input Place {
      street: String!
      number: Int = 4
    }
    enum Mood {
      CALM
      CROSS
    }
    type Reset {
      done: Boolean
      query: Query
    }
    union Moved = Citizen | Refused
    type Refused {
      why: String!
      mood: Mood
      citizen: Citizen
    }
    type Citizen @key(fields: "id") {
      id: ID!
      name: String!
      mood: Mood
      parents: [Citizen]
      born: Int
      history: [Event!]
    }
    interface Event {
      at: Long!
    }
    type Birth implements Event {
      at: Long!
      mother: Citizen
    }
    type Wedding implements Event {
      at: Long!
      with: Citizen!
      guests: [Citizen!]
    }
  `,
  homes: /* GraphQL */ `
    type Query {
      home(where: At): Home
    }
    type Mutation {
      build(where: At!, rooms: [Room!]): Home
      burn(id: ID!): Boolean!
    }
    input At {
      street: String
      zip: [Int]
    }
    input Room {
      name: String!
      size: Float = 1.5
    }
    type Citizen @key(fields: "id") {
      id: ID!
      home(when: String): Home
      homes: [Home]!
      mood: Mood @external
      greeting(name: String): String @requires(fields: "mood")
    }
    enum Mood {
      CALM
      CROSS
    }
    type Home @key(fields: "id") {
      id: ID!
      people: [Citizen]
      owner: Citizen!
      plan: [[[Int]]]
      value: Float
    }
  `,
  taxes: /* GraphQL */ `
    scalar Long
    type Query {
      rate: Float!
    }
    type Mutation {
      pay(amount: Long!, by: ID): Receipt
    }
    type Receipt {
      id: ID!
      payer: Citizen!
      home: Home
      sum: Long
    }
    type Citizen @key(fields: "id") {
      id: ID!
      debt: Long!
      receipts(year: Int = 2025): [Receipt!]!
    }
    type Home @key(fields: "id") {
      id: ID!
      value: Float @external
      tax: Float! @requires(fields: "value")
    }
  `,
} as const;
