import { LRUCache } from 'lru-cache';
import type { WholeAnswer } from '../refusal.ts';

/** The media types of answers, by what clients accept, as Apollo Server has chosen them. */
export interface AcceptedTypes {
  /** `undefined`: nobody has asked so yet. */
  readonly find: (accept: string | undefined) => string | undefined;
  /** Learns from an answer of Apollo Server. */
  readonly learn: (accept: string | undefined, answer: WholeAnswer) => void;
}

const maxLength = 200;

const json = 'application/json; charset=utf-8';

/** What cannot be understood in two ways. */
const certain: readonly (readonly [accept: string, type: string])[] = [
  ['', json],
  ['*/*', json],
  ['application/json', json],
  ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
];

export function createAcceptedTypes(): AcceptedTypes {
  const types = new LRUCache<string, string>({ max: 100 });
  for (const [accept, type] of certain) types.set(accept, type);
  return {
    find: (accept = '') => types.get(accept),
    learn: (accept = '', { status, headers }) => {
      const type = headers['content-type'];
      if (status === 200 && type !== undefined && accept.length <= maxLength) types.set(accept, type);
    },
  };
}
