import {
  agencyNames,
  callerKeyVariableOf,
  factsOverHttp,
  gatewayIssuer,
  parseMacKey,
  type AgencyName,
  type MacKey,
} from '#schema';
import { createAuthenticator, type Authenticate } from './authenticate.ts';
import { createCallerTokens } from './caller-token.ts';
import type { GatewayConfig } from './config.ts';
import type { GraphAccess } from './graph.ts';
import { fetchedKeys } from './issuer-keys.ts';

/** The time of a process. */
export interface Clocks {
  readonly now: () => Date;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
}

const registerKeyVariable = 'GATEWAY_REGISTER_KEY';

function readCallerKeys({ variable }: GatewayConfig): ReadonlyMap<string, MacKey> {
  const keyOf = (name: AgencyName): [string, MacKey] => {
    const key = callerKeyVariableOf(name);
    return [name, parseMacKey(variable(key), key)];
  };
  return new Map(agencyNames.map(keyOf));
}

/**
 * Access control of a gateway whose agencies are other processes: keys and the register's address come from the
 * environment. @throws Error that names the variable that is missing
 */
export function openRemoteAccess(config: GatewayConfig, { now, clockMs }: Clocks): GraphAccess {
  const keys = readCallerKeys(config);
  const url = config.variable('REGISTER_URL');
  if (!url)
    throw new Error('The environment variable REGISTER_URL is missing: the base URL of the agency consent.');
  const key = parseMacKey(config.variable(registerKeyVariable), registerKeyVariable);
  const { readClient } = factsOverHttp({ url, key, issuer: gatewayIssuer, now });
  const keyOf = (agency: string): MacKey => {
    const found = keys.get(agency);
    if (found) return found;
    throw new Error('The supergraph marks data of an agency that the gateway shares no key with.');
  };
  const callerTokens = createCallerTokens({ keyOf, nowSeconds: () => now().getTime() / 1000 });
  return { callerTokens, readClient, budgetPerMinute: config.subjectBudgetPerMinute, clockMs };
}

/** Who is believed: the configured issuer. @throws Error when there is none */
export function openIssuer(
  config: GatewayConfig,
  clocks: Clocks,
  onFault: (sentence: string) => void,
): Authenticate {
  const { issuer, ...rules } = config.tokens;
  if (!issuer)
    throw new Error(
      'The environment variables ISSUER and JWKS_URI are missing: whose access tokens are believed, and where the keys are. (The development issuer runs with npm start only.)',
    );
  const keys = fetchedKeys({ uri: issuer.jwksUri, clockMs: clocks.clockMs, onFault });
  return createAuthenticator({ ...rules, issuer: issuer.name, keys, now: clocks.now });
}
