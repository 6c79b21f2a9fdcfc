import {
  gatewayIssuer,
  isFactKeys,
  isTexts,
  maxSubjects,
  noticesAudience,
  registerAudience,
  registerIssuer,
  type FactKey,
  type FactsSource,
  type MacKey,
  type ReadNotices,
} from '#schema';
import type { InternalRoute } from '../http/route.ts';
import type { AttestedReads } from './attested-reads.ts';
import { CallRefused, createSignedAnswers, serveSigned, type AnswerSigned } from '../signed-call.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** The one argument that is left when it is right. */
function required<Value>(value: unknown, isRight: (value: unknown) => value is Value): Value {
  if (isRight(value)) return value;
  throw new CallRefused('An argument of a signed call is not right.');
}

function refuseUnless(isAllowed: boolean): void {
  if (!isAllowed) throw new CallRefused('This caller may not call this method.');
}

const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isGrant = (value: unknown): value is { readonly subject: string; readonly grantId: string } =>
  typeof value === 'object' &&
  value !== null &&
  isText((value as Record<string, unknown>)['subject']) &&
  isText((value as Record<string, unknown>)['grantId']);

/**
 * The register over HTTP. `keys`: those of the agencies by name, and of the `gateway`. An agency may read facts and
 * claim grants; the gateway only reads clients. `attest`: reads that may be handed on, for agencies that know what to do
 * with them.
 */
export function registerRoutes(
  register: FactsSource,
  keys: ReadonlyMap<string, MacKey>,
  now: () => Date,
  attest?: AttestedReads,
): InternalRoute {
  const isAgency = (issuer: string): boolean => issuer !== gatewayIssuer;
  const keysOf = (given: unknown, issuer: string): readonly FactKey[] => {
    const keysGiven = required(given, isFactKeys);
    refuseUnless(isAgency(issuer) && keysGiven.length <= maxSubjects);
    return keysGiven;
  };
  const answer = createSignedAnswers({
    audience: registerAudience,
    keyOf: (issuer) => keys.get(issuer),
    now,
    methods: {
      read: async ([given], issuer) => register.read(keysOf(given, issuer)),
      ...(attest && { attest: async ([given], issuer) => attest(keysOf(given, issuer)) }),
      claim: async ([grant, operationId], issuer) => {
        refuseUnless(isAgency(issuer));
        return register.claim(required(grant, isGrant), required(operationId, isText));
      },
      readClient: async ([clientId, purpose], issuer) => {
        refuseUnless(!isAgency(issuer));
        return register.readClient(required(clientId, isText), required(purpose, isTextOrNull));
      },
    },
  });
  return serveSigned(registerAudience, answer);
}

/** Answers signed calls for the notices of an agency, of the register alone; `key` is the agency's. */
export function answerNotices(readNotices: ReadNotices, key: MacKey, now: () => Date): AnswerSigned {
  return createSignedAnswers({
    audience: noticesAudience,
    keyOf: (issuer) => (issuer === registerIssuer ? key : undefined),
    now,
    methods: { notices: async ([acknowledged]) => readNotices(required(acknowledged, isTexts)) },
  });
}

/** The notices of an agency over HTTP. */
export const noticesRoute = (readNotices: ReadNotices, key: MacKey, now: () => Date): InternalRoute =>
  serveSigned(noticesAudience, answerNotices(readNotices, key, now));
