import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  developmentAudience,
  developmentIssuer,
  openIssuerKey,
  signAccessToken,
  type TokenOrder,
} from '#db/population/issuer';

/** Signs access tokens, and shows its key where the gateways fetch it. */
export interface BenchIssuer {
  /** What a gateway is told of it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly sign: (order: TokenOrder) => Promise<string>;
  close(): void;
}

/** The development issuer's key behind a key server on loopback. */
export async function startBenchIssuer(dataDir: string): Promise<BenchIssuer> {
  const key = await openIssuerKey(dataDir);
  const text = JSON.stringify({ keys: [key.publicJwk] });
  const server: Server = createServer((_, response) => {
    response.setHeader('content-type', 'application/jwk-set+json').end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const variables = {
    ISSUER: developmentIssuer,
    JWKS_URI: `http://127.0.0.1:${port}/jwks`,
    AUDIENCE: developmentAudience,
  };
  return {
    variables,
    sign: (order) => signAccessToken(key, order, new Date()),
    close: () => void server.close(),
  };
}
