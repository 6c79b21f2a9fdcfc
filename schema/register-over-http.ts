import { isAttestation, type Attestation } from './attestation.ts';
import { parseAttested } from './attested-facts.ts';
import { isClientOrNull, isFactsList, isNotices } from './facts-shape.ts';
import type { AnsweredFacts, Attested, AttestedRead, FactKey, FactsSource } from './facts.ts';
import { maxNotices, type ReadNotices } from './notices.ts';
import type { RegisterClock, ToldClock } from './register-clock.ts';
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

/**
 * For each key, in their order, the facts of its subject and then of those whom the subject represents, each attested for
 * every agency; and the register's time after it read them.
 */
export interface AttestedAnswer {
  readonly facts: readonly (readonly Attestation[])[];
  readonly clock: ToldClock;
}

const isAttestedList = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isAttestation);

function isAttestedAnswer(value: unknown): value is AttestedAnswer {
  const { facts, clock } = (value ?? {}) as Partial<Record<string, unknown>>;
  const { id, nowMs } = (clock ?? {}) as Partial<Record<string, unknown>>;
  const isClock = typeof id === 'string' && Number.isFinite(nowMs);
  return isClock && Array.isArray(facts) && facts.every(isAttestedList);
}

const isSameKey = (one: FactKey, other: FactKey): boolean =>
  one.subject === other.subject &&
  one.clientId === other.clientId &&
  one.purpose === other.purpose &&
  one.callerId === other.callerId;

function readOne({ text, subject }: Attestation, key: FactKey, clock: ToldClock): AttestedRead {
  const read = parseAttested(text);
  const isOurs = read !== null && isSameKey(read.key, { ...key, subject }) && read.clockId === clock.id;
  return isOurs && read.atMs <= clock.nowMs ? read : misshapen();
}

function readAttested(
  attested: readonly Attestation[],
  key: FactKey,
  clock: ToldClock,
): AnsweredFacts & Attested {
  const [own = misshapen(), ...others] = attested.map((each) => readOne(each, key, clock));
  if (own.key.subject !== key.subject) return misshapen();
  const atMs = Math.min(own.atMs, ...others.map((other) => other.atMs));
  const dependants = others.map(({ key: { subject }, facts }, index) => ({
    subject,
    facts: { ...facts, attested: attested.slice(index + 1, index + 2) },
  }));
  return { ...own.facts, dependants, ageMs: clock.nowMs - atMs, attested };
}

async function readWithClock(
  target: SignedTarget,
  clock: RegisterClock,
  keys: readonly FactKey[],
): Promise<readonly (AnsweredFacts & Attested)[]> {
  const askedMs = clock.clockMs();
  const answer = await callSigned(target, 'attest', [keys]);
  if (!isAttestedAnswer(answer) || answer.facts.length !== keys.length) return misshapen();
  const facts = keys.map((key, index) => readAttested(answer.facts[index] ?? [], key, answer.clock));
  clock.hear(answer.clock, askedMs);
  return facts;
}

async function readPlainly(
  target: SignedTarget,
  keys: readonly FactKey[],
): Promise<readonly AnsweredFacts[]> {
  const facts = await callSigned(target, 'read', [keys]);
  return isFactsList(facts) && facts.length === keys.length ? facts : misshapen();
}

/** How the register is reached. With a clock its facts come attested, and the clock hears the register's. */
export interface FactsLink extends SignedBase {
  readonly clock?: RegisterClock;
}

/** The register over HTTP, for an agency (`issuer`: its name) or the gateway. One call for each question. */
export function factsOverHttp({ clock, ...base }: FactsLink): FactsSource {
  const target = beside(base, registerAudience);
  return {
    read: (keys) => (clock ? readWithClock(target, clock, keys) : readPlainly(target, keys)),
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
