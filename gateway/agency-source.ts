export { askOverHttp } from './agency-call/index.ts';
export type { AgencyAnswer, AgencyRequest, AskAgency, Fetch, HttpOptions } from './agency-call/index.ts';
export type { GatewayContext } from './context.ts';
