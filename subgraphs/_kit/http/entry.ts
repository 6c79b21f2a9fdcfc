import { isCarriedFacts, maxSubjects, type CarriedFacts } from '#schema';
import type { AgencyRequest, AgencyService } from '../service.ts';
import { codedError } from './reply.ts';

/** What of the service HTTP needs. */
export type Answering = Pick<AgencyService, 'verify' | 'handle' | 'ping'>;

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

/** Who asks, and the gateway's id of the client's operation, as they came. */
export type Sender = Pick<AgencyRequest, 'callerToken' | 'requestId'>;

/** GraphQL over HTTP, section 5.1; `null` when it is no such request. */
export function readRequest(body: unknown, { callerToken, requestId }: Sender): AgencyRequest | null {
  if (!isObject(body)) return null;
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string' || !isObjectOrNone(variables) || !isTextOrNone(operationName)) return null;
  const request: { -readonly [Key in keyof AgencyRequest]: AgencyRequest[Key] } = {
    query,
    callerToken,
    requestId,
    carried: extensions ? readCarriedIn(extensions) : undefined,
  };
  if (variables) request.variables = variables;
  if (operationName) request.operationName = operationName;
  return request;
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
