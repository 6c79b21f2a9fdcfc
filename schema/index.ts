export { requestIdHeader } from './caller.ts';
export { describeInputError } from './input-errors.ts';
export { agencies, agencyNames, urlVariableOf } from './agencies.ts';
export type { AgencyEntry, AgencyName } from './agencies.ts';
export { hasOwnWording, isPublicErrorCode, publicErrors } from './errors.ts';
export type { PublicError, PublicErrorCode } from './errors.ts';
export { isDay, scalars } from './scalars.ts';
export { readSupergraph, typeDefsOf } from './typedefs.ts';
