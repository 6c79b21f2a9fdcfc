import { isClientOrNull, isFactsList, isNotices } from './facts-shape.ts';
import type { FactsSource } from './facts.ts';
import { maxNotices, type ReadNotices } from './notices.ts';
import { callSigned, carryOverHttp, SignedCallError, type SignedTarget } from './signed-call.ts';

/** The register's place beside `/graphql` of the agency `consent`: agencies may read and claim, the gateway reads clients. */
export const registerAudience = 'register';
/** The notices' place beside `/graphql` of an agency that has some: for the register. */
export const noticesAudience = 'notices';
/** The name by which the gateway signs its calls to the register; an agency signs by its own. */
export const gatewayIssuer = 'gateway';
/** The name by which the register signs its calls for notices. */
export const registerIssuer = 'consent';

/** A service by its base URL or that of its `/graphql`, such as `http://consent:4108`. */
export interface SignedBase extends Omit<SignedTarget, 'audience' | 'carry'> {
  readonly url: string;
}

const beside = ({ url, ...base }: SignedBase, audience: string): SignedTarget => ({
  ...base,
  audience,
  carry: carryOverHttp(new URL(audience, url).href),
});

function misshapen(): never {
  throw new SignedCallError('The answer to a signed call has not the shape it should have.');
}

/** The register over HTTP, for an agency (`issuer`: its name) or the gateway. One call for each question. */
export function factsOverHttp(base: SignedBase): FactsSource {
  const target = beside(base, registerAudience);
  return {
    read: async (keys) => {
      const facts = await callSigned(target, 'read', [keys]);
      return isFactsList(facts) && facts.length === keys.length ? facts : misshapen();
    },
    claim: async (grant, operationId) => {
      const isClaimed = await callSigned(target, 'claim', [grant, operationId]);
      return typeof isClaimed === 'boolean' ? isClaimed : misshapen();
    },
    readClient: async (clientId, purpose) => {
      const client = await callSigned(target, 'readClient', [clientId, purpose]);
      return isClientOrNull(client) ? client : misshapen();
    },
  };
}

/** The notices of an agency, for the register, however its calls are carried; `key` is the agency's. */
export function signedNotices(link: Omit<SignedTarget, 'audience'>): ReadNotices {
  const target = { ...link, audience: noticesAudience };
  return async (acknowledged) => {
    const notices = await callSigned(target, 'notices', [acknowledged]);
    return isNotices(notices) && notices.length <= maxNotices ? notices : misshapen();
  };
}

/** The notices of an agency over HTTP. */
export const noticesOverHttp = (base: SignedBase): ReadNotices =>
  signedNotices(beside(base, noticesAudience));
