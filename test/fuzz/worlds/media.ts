/** Interfaces with keys, `@interfaceObject`, interfaces above interfaces, unions across subgraphs. */
export const media = {
  catalogue: /* GraphQL */ `
    type Query {
      media(id: ID): Media
      all: [Media!]!
      book: Book
      films: [Film]
      shelf: [[Media]]
      works: [Work]
      mixed(first: Int): [Either!]
    }
    interface Work {
      title: String
    }
    interface Media implements Work @key(fields: "id") {
      id: ID!
      title: String
      kind: Kind
      related: [Media!]
    }
    enum Kind {
      PAPER
      SCREEN
    }
    type Book implements Media & Work @key(fields: "id") {
      id: ID!
      title: String
      kind: Kind
      related: [Media!]
      pages: Int!
      author: Person
    }
    type Film implements Media & Work @key(fields: "id") {
      id: ID!
      title: String
      kind: Kind
      related: [Media!]
      minutes: Int
      cast: [Person!]!
    }
    type Song implements Work @key(fields: "id") {
      id: ID!
      title: String
      seconds: Float
    }
    type Person @key(fields: "id") {
      id: ID!
      name: String!
      known: [Work]
    }
    union Either = Book | Person | Song
  `,
  ratings: /* GraphQL */ `
    type Query {
      best: [Media!]
      worst: Media
      rated(min: Float = 0.5): [Rating]
    }
    type Media @key(fields: "id") @interfaceObject {
      id: ID!
      title: String @external
      rating: Rating
      ratings(first: Int): [Rating!]!
      praise: String @requires(fields: "title")
      byline: String!
    }
    type Rating {
      stars: Int!
      of: Media
      by: Critic
    }
    interface Critic {
      name: String
      media: [Media]
    }
    type Paper implements Critic {
      name: String
      media: [Media]
      city: String
    }
    type Blogger implements Critic {
      name: String
      media: [Media]
      site: String!
      person: Person
    }
    type Person @key(fields: "id") {
      id: ID!
      ratings: [Rating]
    }
  `,
  people: /* GraphQL */ `
    type Query {
      person(id: ID!): Person
      people: [Person!]
    }
    type Person @key(fields: "id") {
      id: ID!
      born: Int
      father: Person
      children: [Person]!
      likes: [Liked!]
    }
    union Liked = Song | Person
    type Song @key(fields: "id") {
      id: ID!
      singer: Person!
      verses: [[String]!]
    }
  `,
} as const;
