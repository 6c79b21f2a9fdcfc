export { batchSuffix, maxBatchEntries } from './batch.ts';
export * from './caller.ts';
export * from './decision.ts';
export { entityPathOf } from './entity-path.ts';
export * from './facts.ts';
export { isAttestation, isCarriedFacts } from './attestation.ts';
export type { Attestation, CarriedFacts } from './attestation.ts';
export { attestRead, readCarried } from './attested-facts.ts';
export { createRegisterClock } from './register-clock.ts';
export type { RegisterClock, ToldClock } from './register-clock.ts';
export { parseMacKey, signJws, verifyJws } from './jws.ts';
export type { MacKey } from './jws.ts';
export { lintMarks } from './mark-lint.ts';
export type { AgencySdl } from './marked-sdl.ts';
export { guardsOf, markNames, needOf, readMarks } from './marks.ts';
export type { Mark, Marks } from './marks.ts';
export { refuseWithoutSubject } from './precheck.ts';
export type { KnownClient } from './precheck.ts';
export { isReason, reasons } from './reasons.ts';
export type { Reason, RefusalCode, RefusalReason } from './reasons.ts';
export * from './scopes.ts';
export { describeInputError } from './input-errors.ts';
export { agencies, agencyNames, callerKeyVariableOf, urlVariableOf } from './agencies.ts';
export type { AgencyEntry, AgencyName } from './agencies.ts';
export { hasOwnWording, isPublicErrorCode, publicErrors } from './errors.ts';
export type { PublicError, PublicErrorCode } from './errors.ts';
export { isDay, scalars } from './scalars.ts';
export { readSupergraph, typeDefsOf } from './typedefs.ts';
export * from './notices.ts';
export { isFactKeys, isTexts } from './facts-shape.ts';
export {
  factsOverHttp,
  gatewayIssuer,
  noticesAudience,
  noticesOverHttp,
  registerAudience,
  registerIssuer,
  signedNotices,
} from './register-over-http.ts';
export type { AttestedAnswer, FactsLink, SignedBase } from './register-over-http.ts';
export {
  callSigned,
  carryOverHttp,
  signedAnswerType,
  SignedCallError,
  signedCallType,
} from './signed-call.ts';
export type { CarryCall, SignedCall, SignedTarget } from './signed-call.ts';
