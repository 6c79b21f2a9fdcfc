import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxBatchEntries } from '#schema';
import { readAdmitted } from './admit.ts';
import { answerEntry, isObject, readRequest, type Answering } from './entry.ts';
import { sendLines } from './lines.ts';
import { codedError, sendFault } from './reply.ts';

/** One request among others; its id is the sender's. */
interface Entry {
  readonly id: number;
  readonly callerToken: unknown;
  readonly requestId: unknown;
  readonly request: unknown;
}

const isEntry = (value: unknown): value is Entry => isObject(value) && Number.isSafeInteger(value['id']);

/** `null`: no list of entries that could each be answered under its own id. */
function readEntries(body: unknown): readonly Entry[] | null {
  if (!Array.isArray(body) || body.length === 0 || body.length > maxBatchEntries) return null;
  if (!body.every(isEntry)) return null;
  return new Set(body.map(({ id }) => id)).size === body.length ? body : null;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const badRequest = JSON.stringify({ errors: [codedError('BAD_REQUEST')] });

/** The answer to one entry, as if it had come alone. */
function answer(service: Answering, entry: Entry): Promise<string> {
  const sender = { callerToken: textOf(entry.callerToken), requestId: textOf(entry.requestId) };
  const given = readRequest(entry.request, sender);
  return given ? answerEntry(service, given) : Promise.resolve(badRequest);
}

/**
 * Requests of different callers in one: a list of `{ id, callerToken, requestId, request }`. Each is verified, decided and
 * answered by itself, in a line `{ id, data, errors, extensions }`, as soon as it is ready.
 */
export async function serveBatch(
  service: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readAdmitted(service, request, response);
  if (body === undefined) return;
  const entries = readEntries(body);
  if (!entries) return sendFault(response, { status: 400, code: 'BAD_REQUEST' });
  const { send } = sendLines(response, entries.length);
  for (const entry of entries)
    void answer(service, entry).then((text) => send(`{"id":${entry.id},${text.slice(1)}`));
}
