import { parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { PublicErrorCode } from '#schema';
import { limitSentences, type DocumentMaxima, type LimitName } from './maxima.ts';
import { findShapeFault } from './shape.ts';
import { findTokenExcess } from './tokens.ts';
import { findLargeVariable, findLongLiteral, type ValueFault } from './values.ts';

export { countsMoreValues } from './values.ts';
export { defaultMaxima, type DocumentMaxima, type LimitName } from './maxima.ts';

/** Why an operation is not even validated. */
export interface LimitRefusal {
  readonly code: PublicErrorCode;
  readonly message: string;
  /** The limit and its maximum; `null` for a fragment that contains itself. */
  readonly limit: { readonly name: LimitName; readonly maximum: number } | null;
}

/** Judges what was sent before anything else reads it. Never throws. */
export interface DocumentJudge {
  /** `null`: small enough, or not GraphQL at all, which the parser tells better. */
  judgeText(text: string): LimitRefusal | null;
  /** `variables` as they were sent. */
  judgeVariables(variables: unknown): LimitRefusal | null;
}

/** Texts remembered as small enough, by their length. */
const maxSize = 4_000_000;

const circle: LimitRefusal = {
  code: 'GRAPHQL_VALIDATION_FAILED',
  message: 'A fragment contains itself.',
  limit: null,
};

function describeExcess(name: LimitName, maxima: DocumentMaxima): LimitRefusal {
  const maximum = maxima[name];
  return { code: 'OPERATION_TOO_LARGE', message: limitSentences[name](maximum), limit: { name, maximum } };
}

function describeValue({ limit, of }: ValueFault, maxima: DocumentMaxima): LimitRefusal {
  const excess = describeExcess(limit, maxima);
  if (limit !== 'listItems') return excess;
  return { ...excess, code: 'BAD_USER_INPUT', message: `${of ?? 'A list'} ${excess.message}` };
}

function judgeDocument(document: DocumentNode, maxima: DocumentMaxima): LimitRefusal | null {
  const fault = findShapeFault(document, maxima);
  if (fault) return fault === 'circle' ? circle : describeExcess(fault, maxima);
  const literal = findLongLiteral(document, maxima);
  return literal && describeValue(literal, maxima);
}

function judge(text: string, maxima: DocumentMaxima): LimitRefusal | null | 'not GraphQL' {
  try {
    const excess = findTokenExcess(text, maxima);
    return excess ? describeExcess(excess, maxima) : judgeDocument(parse(text), maxima);
  } catch {
    return 'not GraphQL';
  }
}

/** Judges each text once, as long as it is remembered; in bounded memory. */
export function createDocumentJudge(maxima: DocumentMaxima): DocumentJudge {
  const small = new LRUCache<string, true>({ maxSize });
  const judgeText = (text: string): LimitRefusal | null => {
    if (small.get(text)) return null;
    const verdict = judge(text, maxima);
    if (verdict === 'not GraphQL') return null;
    if (verdict === null) small.set(text, true, { size: text.length + 1 });
    return verdict;
  };
  const judgeVariables = (variables: unknown): LimitRefusal | null => {
    const fault = findLargeVariable(variables, maxima);
    return fault && describeValue(fault, maxima);
  };
  return { judgeText, judgeVariables };
}
