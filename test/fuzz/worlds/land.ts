/** Value types and interfaces that several subgraphs define in part, fields that differ in nullability. */
export const land = {
  left: /* GraphQL */ `
    type Query {
      spot: Spot @shareable
      spots(near: Point): [Spot!]
      left: Left
      shape: Shape
      shapes: [Shape]
    }
    input Point {
      x: Int!
      y: Int
    }
    type Spot @key(fields: "id") {
      id: ID!
      name: String!
      shape: Shape
      area: Area @shareable
      notes: [Note]
    }
    type Area @shareable {
      size: Int
      unit: Unit
      outline: [Dot!]
    }
    type Dot @shareable {
      x: Int!
      y: Int
    }
    enum Unit {
      METRE
      FOOT
    }
    interface Shape {
      sides: Int
      label: String
    }
    type Square implements Shape {
      sides: Int
      label: String
      edge: Float!
      colour: String
    }
    type Circle implements Shape {
      sides: Int
      label: String
      radius: Float
      colour: String!
    }
    union Note = Text | Picture
    type Text {
      body: String
      by: Spot
    }
    type Picture {
      url: ID!
      body: [String]
    }
    type Left {
      only: String
      spot: Spot
    }
  `,
  right: /* GraphQL */ `
    type Query {
      spot: Spot @shareable
      right(deep: Boolean): [[Spot]]
      pictures: [Scan!]
    }
    type Spot @key(fields: "id") {
      id: ID!
      area: Area @shareable
      height: Float
      neighbours(first: Int!): [Spot]
      scan: Scan
    }
    type Area @shareable {
      size: Int
      unit: Unit
      outline: [Dot!]
    }
    type Dot @shareable {
      x: Int!
      y: Int
    }
    enum Unit {
      METRE
      FOOT
    }
    interface Scan {
      at: String
      spot: Spot
    }
    type Photo implements Scan {
      at: String
      spot: Spot!
      lens: Int
    }
    type Map implements Scan {
      at: String!
      spot: Spot
      lens: Float
      legend: Legend
    }
    type Legend {
      lines: [String!]!
      scale: Int
    }
  `,
  middle: /* GraphQL */ `
    type Query {
      room: Room
      rooms: [Room!]
    }
    type Room @key(fields: "id") {
      id: ID!
      colour: String!
      seats: [Seat!]
      door: Door
    }
    type Seat @key(fields: "id") {
      id: ID!
      number: Int
      painted(colour: String): String
    }
    type Door {
      open: Boolean
      room: Room
      spot: Spot
    }
    type Spot @key(fields: "id") {
      id: ID!
      height: Float @external
      tall: Boolean! @requires(fields: "height")
      room: Room
    }
  `,
  seats: /* GraphQL */ `
    type Seat @key(fields: "id") {
      id: ID!
      taken: Boolean
      by: [Spot]
    }
    type Spot @key(fields: "id") {
      id: ID!
      seated: Int
    }
    type Room @key(fields: "id") {
      id: ID!
      cleaned: String
    }
  `,
} as const;
