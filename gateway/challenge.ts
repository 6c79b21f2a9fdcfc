import { acrOfLevel } from '#schema';

/** What of a GraphQL answer decides on the challenge. */
export interface ChallengeableAnswer {
  /** Whether its data hold no value at all. */
  readonly isNothing: () => boolean;
  readonly errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[];
}

export interface Challenge {
  /** 401 only when nothing was answered. */
  readonly status?: 401;
  /** Value of `www-authenticate`. */
  readonly header?: string;
}

const header =
  'Bearer error="insufficient_user_authentication", ' +
  'error_description="Some of the data needs an e-ID account of level 2", ' +
  `acr_values="${acrOfLevel[2]}"`;

/** Whether there is no value at all. An empty list is one: it says that there is nothing. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') return false;
  const parts = Object.values(value);
  return Array.isArray(value) && parts.length === 0 ? false : parts.every(isNothing);
}

/** The step-up challenge of RFC 9470 §3 for an answer that lacks something for the caller's level; else nothing. */
export function challengeFor({ isNothing, errors }: ChallengeableAnswer): Challenge {
  const isTooLow = errors.some(({ extensions }) => extensions?.['code'] === 'LEVEL_TOO_LOW');
  if (!isTooLow) return {};
  return isNothing() ? { status: 401, header } : { header };
}
