import { createServer, type IncomingMessage } from 'node:http';
import postgres from 'postgres';
import { clockOf } from '#kit';
import { readServerConfig } from '../config.ts';
import { profileStatement } from './statement.ts';

const { port, databaseUrl } = readServerConfig();
const sql = postgres(databaseUrl, { max: 8 });

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => done(Buffer.concat(chunks).toString()));
}

/** The answer to the profile query, from one prepared statement. */
async function answer(body: string): Promise<string> {
  const { variables } = JSON.parse(body) as { variables: { personalId: string } };
  const { today } = clockOf(new Date());
  const rows = await sql.unsafe<{ profile: string }[]>(profileStatement, [variables.personalId, today], {
    prepare: true,
  });
  return `{"data":{"citizen":${rows[0]?.profile ?? 'null'}}}`;
}

const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end();
  readBody(request, (body) => {
    answer(body).then(
      (text) => response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(text),
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
});
server.listen(port, '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
