import type { AgencyService, ServiceOptions } from '#kit';
import { callerTokenIssuer, type AgencyName, type CallerClaims } from '#schema';
import { startService, type Protection } from '../../subgraphs/_kit/service.ts';
import { loadAgency } from '../../subgraphs/registry.ts';

/** A request that nobody vouched for. */
const claims: CallerClaims = {
  iss: callerTokenIssuer,
  aud: '',
  iat: 0,
  exp: 0,
  jti: 'bare',
  caller: { kind: 'anonymous' },
};

/** No guards, no tokens, no register. The compartments of health records stay shut, as to the guarded reader. */
const nothing: Protection = {
  guard: () => [],
  createVerifier: () => () => claims,
  accessOf: () => ({
    expect: () => {},
    decide: async () => ({ isAllowed: true, basis: 'STATUTE', grantId: null, isOneTime: false }),
    note: () => {},
    compartmentsOf: async () => [],
    records: () => [],
  }),
};

const unasked = (): Promise<never> =>
  Promise.reject(new Error('Without enforcement nobody asks the register.'));

/** An agency as it would be without access control, to compare with. Serves only the benchmark, on loopback. */
export async function startBareAgency(name: AgencyName, databaseUrl: string): Promise<AgencyService> {
  const options: ServiceOptions = {
    databaseUrl,
    callerKey: new Uint8Array(32),
    reader: { find: () => undefined, read: unasked, claim: unasked, readClient: unasked },
    now: () => new Date(),
    clockMs: () => performance.now(),
  };
  return startService(await loadAgency(name), options, nothing);
}
