import { Agent, request as send, type IncomingMessage } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** One kept-alive connection to this machine; a reset rejects. */
export function connectKeptAlive(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string, body?: string): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const headers = { 'content-type': 'application/json' };
      const request = send({ host: '127.0.0.1', port, agent, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.once('error', reject);
      });
      request.once('error', reject);
      request.end(body);
    });
  return {
    get: (path: string) => ask(path),
    query: (document: string) => ask('/graphql', JSON.stringify({ query: document })),
    close: () => agent.destroy(),
  };
}
