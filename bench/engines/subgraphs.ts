import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { batchSuffix } from '#schema';
import { execute, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readServerConfig } from '../config.ts';
import { parsePorts, workloads, type WorkloadName } from './workloads.ts';

interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Parses each text once. */
function createParser(): (query: string) => DocumentNode {
  const documents = new Map<string, DocumentNode>();
  return (query) => {
    const known = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, known);
    return known;
  };
}

/** Executes any right query once and remembers the answer to the body: data are constant, and the time is not measured. */
function createAnswers(schema: GraphQLSchema): (body: string) => Promise<Buffer> {
  const parseOnce = createParser();
  const answers = new Map<string, Buffer>();
  const answer = async (body: string): Promise<Buffer> => {
    const { query, variables, operationName } = JSON.parse(body) as Asked;
    const document = parseOnce(query);
    const result = await execute({
      schema,
      document,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
    return Buffer.from(JSON.stringify(result));
  };
  return async (body) => {
    const known = answers.get(body) ?? (await answer(body));
    answers.set(body, known);
    return known;
  };
}

type AnswerBody = (body: string) => Promise<Buffer>;

/** Several calls in one request, each answered in a line under its id, as agencies do (`docs/agency.md`). */
const answerAll =
  (answer: AnswerBody): AnswerBody =>
  async (body) => {
    const entries = JSON.parse(body) as readonly { readonly id: number; readonly request: unknown }[];
    const lines = entries.map(async ({ id, request }) => {
      const text = (await answer(JSON.stringify(request))).toString();
      return `{"id":${id},${text.slice(1)}\n`;
    });
    return Buffer.from((await Promise.all(lines)).join(''));
  };

async function serve(schema: GraphQLSchema, port: number): Promise<void> {
  const answer = createAnswers(schema);
  const answerMany = answerAll(answer);
  const server = createServer((request, response) => {
    const isMany = request.url?.endsWith(batchSuffix) === true;
    const send = (status: number, body: Buffer): void =>
      void response
        .writeHead(status, {
          'content-type': isMany ? 'application/jsonl' : 'application/json',
          'content-length': body.length,
        })
        .end(body);
    readBody(request)
      .then(isMany ? answerMany : answer)
      .then((body) => send(200, body))
      .catch((error: unknown) => {
        console.error(error);
        send(500, Buffer.from('{"errors":[{"message":"The subgraph failed."}]}'));
      });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

const { port, variable } = readServerConfig();
const schemas = workloads[process.argv[2] as WorkloadName]().createSchemas();
const ports = parsePorts(variable('SUBGRAPH_PORTS'));
await Promise.all([...schemas].map(([name, schema]) => serve(schema, ports.get(name) ?? 0)));
const health = createServer((_, response) => void response.end()).listen(port, '127.0.0.1');
process.once('SIGTERM', () => {
  health.close();
  process.exit(0);
});
