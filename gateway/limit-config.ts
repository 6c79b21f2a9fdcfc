import { z } from 'zod';
import { defaultMaxima, type DocumentMaxima } from './document-limits/index.ts';
import { defaultPatience, type DrainLimits, type PatienceLimits } from './listener.ts';

const count = (maximum: number, fallback: number) =>
  z.coerce.number().int().min(1).max(maximum).default(fallback);
const milliseconds = (maximum: number, fallback: number) =>
  z.coerce.number().int().min(0).max(maximum).default(fallback);
const timeoutMs = (fallback: number) => z.coerce.number().int().min(100).max(300_000).default(fallback);

/** Environment variables of the limits at the door. */
export const limitVariables = {
  MAX_TOKENS: count(100_000, defaultMaxima.tokens),
  MAX_DEPTH: count(100, defaultMaxima.depth),
  MAX_ALIASES: count(10_000, defaultMaxima.aliases),
  MAX_ROOT_FIELDS: count(10_000, defaultMaxima.rootFields),
  MAX_LIST_ITEMS: count(10_000, defaultMaxima.listItems),
  MAX_IN_FLIGHT: count(100_000, 1000),
  HEADERS_TIMEOUT_MS: timeoutMs(defaultPatience.headersTimeoutMs),
  REQUEST_TIMEOUT_MS: timeoutMs(defaultPatience.requestTimeoutMs),
  DRAIN_NOTICE_MS: milliseconds(60_000, 2000),
  DRAIN_LIMIT_MS: milliseconds(300_000, 7000),
} as const;

/** What the door puts up with. */
export interface LimitConfig {
  readonly maxima: DocumentMaxima;
  /** Operations worked on at the same time. */
  readonly maxInFlight: number;
  readonly patience: PatienceLimits;
  readonly drain: DrainLimits;
}

type Given = z.infer<z.ZodObject<typeof limitVariables>>;

function readPatience({ HEADERS_TIMEOUT_MS, REQUEST_TIMEOUT_MS }: Given): PatienceLimits {
  if (REQUEST_TIMEOUT_MS >= HEADERS_TIMEOUT_MS)
    return { headersTimeoutMs: HEADERS_TIMEOUT_MS, requestTimeoutMs: REQUEST_TIMEOUT_MS };
  throw new Error(
    'The environment variable REQUEST_TIMEOUT_MS is not valid: a whole request takes at least as long as its headers (HEADERS_TIMEOUT_MS).',
  );
}

/** @throws Error for time limits that contradict each other */
export function readLimits(given: Given): LimitConfig {
  return {
    maxima: {
      ...defaultMaxima,
      tokens: given.MAX_TOKENS,
      selections: Math.max(defaultMaxima.selections, given.MAX_TOKENS),
      depth: given.MAX_DEPTH,
      aliases: given.MAX_ALIASES,
      rootFields: given.MAX_ROOT_FIELDS,
      listItems: given.MAX_LIST_ITEMS,
    },
    maxInFlight: given.MAX_IN_FLIGHT,
    patience: readPatience(given),
    drain: { noticeMs: given.DRAIN_NOTICE_MS, limitMs: given.DRAIN_LIMIT_MS },
  };
}
