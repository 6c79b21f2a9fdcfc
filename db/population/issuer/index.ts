export { startDevelopmentIssuer } from './development-issuer.ts';
export type { DevelopmentIssuer, DevelopmentOptions } from './development-issuer.ts';
export { openIssuerKey } from './key-file.ts';
export type { IssuerKey } from './key-file.ts';
export { citizensClient, officerIdOf, orderToken } from './order.ts';
export type { TokenRequest } from './order.ts';
export { developmentAudience, developmentIssuer, maxTtlSeconds, signAccessToken } from './sign.ts';
export type { TokenOrder, TokenPurpose } from './sign.ts';
