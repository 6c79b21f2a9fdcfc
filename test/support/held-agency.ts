import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const typeDefs = parse('type Query { quick: String held: String }');

/** A supergraph of one agency, which is nobody's of ours. */
export function composeHeld(url: string): string {
  const { supergraphSdl } = composeServices([{ name: 'held', url, typeDefs }]);
  if (supergraphSdl === undefined) throw new Error('The supergraph does not compose.');
  return supergraphSdl;
}

export interface HeldAgency {
  readonly url: string;
  /** Resolves when so many requests for `held` wait. */
  readonly waiting: (count: number) => Promise<void>;
  /** Answers all that wait, and whoever comes. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
}

/** An agency over HTTP that answers `quick` at once and `held` when it is told. */
export async function startHeldAgency(): Promise<HeldAgency> {
  const held: (() => void)[] = [];
  const counters: { readonly count: number; readonly resolve: () => void }[] = [];
  let isReleased = false;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.once('end', () => {
      const isHeld = body.includes('held');
      const data = isHeld ? { held: 'at last' } : { quick: 'at once' };
      const answer = (): void =>
        void response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
      if (!isHeld || isReleased) return answer();
      held.push(answer);
      for (const { count, resolve } of counters) if (held.length >= count) resolve();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    waiting: (count) =>
      new Promise((resolve) => {
        if (held.length >= count) resolve();
        else counters.push({ count, resolve });
      }),
    release: () => {
      isReleased = true;
      for (const answer of held.splice(0)) answer();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
