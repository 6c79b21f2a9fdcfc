import { isCarriedFacts, maxSubjects, type CarriedFacts } from '#schema';
import type { AgencyRequest, AgencyService } from '../service.ts';
import { codedError } from './reply.ts';

/** What of the service HTTP needs. */
export type Answering = Pick<AgencyService, 'verify' | 'handle' | 'ping'>;

/** A GraphQL request as it is sent: `null` and absence are the same. */
export type GivenRequest = Pick<AgencyRequest, 'query' | 'variables' | 'operationName' | 'carried'>;

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isObjectOrNone = (value: unknown): value is Record<string, unknown> | null | undefined =>
  value === undefined || value === null || isObject(value);
const isTextOrNone = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || typeof value === 'string';

/** What is no attested fact is left out: who misses one asks the register. */
function readCarriedIn(extensions: unknown): readonly CarriedFacts[] {
  const facts = isObject(extensions) ? extensions['facts'] : undefined;
  return Array.isArray(facts) ? facts.slice(0, maxSubjects).filter(isCarriedFacts) : [];
}

/** GraphQL over HTTP, section 5.1; `null` when it is no such request. */
export function readRequest(body: unknown): GivenRequest | null {
  if (!isObject(body)) return null;
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string' || !isObjectOrNone(variables) || !isTextOrNone(operationName)) return null;
  const given = { query, ...(variables && { variables }), ...(operationName && { operationName }) };
  return extensions ? { ...given, carried: readCarriedIn(extensions) } : given;
}

const fault = JSON.stringify({ errors: [codedError('INTERNAL_SERVER_ERROR')] });

/** The JSON object of one answer; what cannot be answered or written is one coded error. Never rejects. */
export async function answerEntry(service: Answering, request: AgencyRequest): Promise<string> {
  try {
    const text: string | undefined = JSON.stringify(await service.handle(request));
    return text?.startsWith('{"') ? text : fault;
  } catch {
    return fault;
  }
}
