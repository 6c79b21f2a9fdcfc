import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askOverHttp } from '../../../../gateway/agency-source.ts';
import { startContext } from '../../../../gateway/context.ts';
import { createGraphEngine } from '../../../../gateway/graph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
const agencies = {
  library: `${link} type Query { book: Book } type Book @key(fields: "isbn") { isbn: ID! title: String }`,
  reviews: `${link} scalar Any type Book @key(fields: "isbn") { isbn: ID! review: String more: Any }`,
};

/** The JSON text of a title, of a review, and of a custom scalar's value, as agencies write them. */
const said = { title: '""', review: '""', more: 'null' };
const answers: Readonly<Record<string, () => string>> = {
  library: () => `{"data":{"book":{"__typename":"Book","isbn":"1","title":${said.title}}}}`,
  reviews: () => `{"data":{"_entities":[{"__meant0":"1","review":${said.review},"more":${said.more}}]}}`,
};

const servers: Server[] = [];
let engine: Awaited<ReturnType<typeof createGraphEngine>>;

async function serve(answer: () => string): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer());
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

beforeAll(async () => {
  const services = Object.entries(agencies).map(async ([name, sdl]) => ({
    ...{ name, typeDefs: parse(sdl) },
    url: await serve(answers[name] as () => string),
  }));
  const { supergraphSdl = '' } = composeServices(await Promise.all(services));
  engine = await createGraphEngine({
    ...{ supergraph: supergraphSdl, ownScalars: false, log: pino({ level: 'silent' }) },
    askOf: (agency, url) => askOverHttp({ agency, url }),
  });
});
afterAll(() => servers.forEach((server) => server.close()));

const source = '{ book { title review more } }';
const prepared = () =>
  engine.prepare({ document: parse(source), operationName: undefined, queryHash: source, source });

test.each<readonly [what: string, title: string, review: string, more: string]>([
  ['nothing', '"Số đỏ"', '"hay"', '"\u2028 \u007f"'],
  ['the first answer', '"a \\"quoted\\" title"', '"good"', '"x"'],
  ['the second answer', '"plain"', '"back\\\\slash"', '"x"'],
  ['both', '"line\\nfeed"', '"\\u0000"', '"x"'],
  ['half a surrogate pair', '"\\ud83d"', '"\\udc00 \\ud800"', '"x"'],
  ['a whole pair', '"\\ud83d\\ude00"', '"😀"', '"x"'],
  ['what need not be', '"\\u0041\\/"', '"b"', '"x"'],
  ['a custom scalar', '"a"', '"b"', '"\\"c\\\\"'],
  ['a custom scalar with structure', '"a"', '"b"', '{"k\\"":["\\t"]}'],
])('what is escaped in %s is escaped as JSON.stringify does it', async (_, title, review, more) => {
  Object.assign(said, { title, review, more });
  const texts = { title, review, more };
  const book = Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, JSON.parse(text) as unknown]),
  );
  const operation = prepared();
  // The first run is written carefully, later ones by compiled code.
  for (let round = 0; round < 3; round += 1) {
    const context = startContext('request-1', { kind: 'anonymous' });
    const answer = await operation?.write({ variables: {}, context, method: 'POST' });
    expect(answer?.errors).toEqual([]);
    expect(answer?.json).toBe(JSON.stringify({ book }));
  }
});

test('one operation may meet both kinds in turn', async () => {
  const operation = prepared();
  for (const title of ['"plain"', '"plain"', '"a \\" quote"', '"plain"', '"a \\" quote"']) {
    Object.assign(said, { title, review: '"r"', more: '1' });
    const context = startContext('request-1', { kind: 'anonymous' });
    const answer = await operation?.write({ variables: {}, context, method: 'POST' });
    const book = { title: JSON.parse(title) as unknown, review: 'r', more: 1 };
    expect(answer?.json).toBe(JSON.stringify({ book }));
  }
});
