import type { IncomingMessage } from 'node:http';
import { createDocumentJudge, type DocumentMaxima, type LimitRefusal } from './document-limits/index.ts';
import type { Refusal } from './refusal.ts';

/** What a request would have run, as it was sent. */
interface Sent {
  readonly text: unknown;
  readonly variables: unknown;
}

/** Variables in an address are JSON; what is not is told by whoever reads it next. */
function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function readSent({ method, url = '' }: IncomingMessage, body: unknown): Sent | null {
  if (method === 'POST' && typeof body === 'object' && body !== null) {
    const { query, variables } = body as Record<string, unknown>;
    return { text: query, variables };
  }
  if (method !== 'GET') return null;
  const search = new URLSearchParams(url.split('?').slice(1).join('?'));
  return { text: search.get('query'), variables: readJson(search.get('variables')) };
}

const batch: Refusal = { code: 'BATCH_NOT_SUPPORTED', status: 400 };

const describe = ({ code, message, limit }: LimitRefusal): Refusal => ({
  code,
  message,
  status: 400,
  ...(limit && { details: { limit: limit.name, maximum: limit.maximum } }),
});

/** Judges a request with its parsed body; `null`: nothing is too large. */
export type JudgeSize = (request: IncomingMessage, body: unknown) => Refusal | null;

/**
 * Refuses operations that are larger than any honest one, before they are validated: what they cost is known from their
 * text. A text that was let through is not read again.
 */
export function limitOperations(maxima: DocumentMaxima): JudgeSize {
  const judge = createDocumentJudge(maxima);
  return (request, body) => {
    if (Array.isArray(body)) return batch;
    const sent = readSent(request, body);
    if (!sent || typeof sent.text !== 'string') return null;
    const refusal = judge.judgeText(sent.text) ?? judge.judgeVariables(sent.variables);
    return refusal && describe(refusal);
  };
}
