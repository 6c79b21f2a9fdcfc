import type { JSONWebKeySet } from 'jose';
import type { Day } from '../person.ts';
import { issuerAlgorithm, openIssuerKey } from './key-file.ts';
import { orderToken, type TokenRequest } from './order.ts';
import { developmentAudience, developmentIssuer, signAccessToken } from './sign.ts';

export interface DevelopmentOptions {
  readonly dataDir: string;
  /** Where the graph listens. */
  readonly host: string;
  /** The issuer that is configured, if any. */
  readonly issuer: string | undefined;
  /** Whether every database says of itself that its people are made up. */
  readonly isSynthetic: boolean;
}

/** Signs in the personas of a synthetic population, and nobody else. */
export interface DevelopmentIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly [typeof issuerAlgorithm];
  /** Public keys only. */
  readonly jwks: JSONWebKeySet;
  /** A token as `npm run token` makes it. @param asOf day of the population */
  readonly sign: (request: TokenRequest, asOf: Day, now: Date) => Promise<string>;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

function assertHarmless({ host, issuer, isSynthetic }: DevelopmentOptions): void {
  const because = (cause: string): Error => new Error(`The development issuer does not start: ${cause}`);
  if (issuer !== undefined) throw because('ISSUER names another one, and there can be only one.');
  if (!isSynthetic)
    throw because('the database is not marked synthetic. Set ISSUER and JWKS_URI to sign in real people.');
  if (!isLoopback(host))
    throw because('HOST is not on this machine. Set HOST=127.0.0.1, or ISSUER and JWKS_URI.');
}

/**
 * The issuer of `npm start`. It starts only where it can do no harm: on loopback, without another issuer, over people
 * who are made up.
 * @throws Error with a sentence that says what stands against it
 */
export async function startDevelopmentIssuer(options: DevelopmentOptions): Promise<DevelopmentIssuer> {
  assertHarmless(options);
  const key = await openIssuerKey(options.dataDir);
  return {
    issuer: developmentIssuer,
    audience: developmentAudience,
    algorithms: [issuerAlgorithm],
    jwks: { keys: [key.publicJwk] },
    sign: async (request, asOf, now) => signAccessToken(key, orderToken(request, asOf), now),
  };
}
