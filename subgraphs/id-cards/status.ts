import type { Card } from './loaders.ts';

export type Status = 'VALID' | 'EXPIRED' | 'REPLACED' | 'LOST' | 'REVOKED' | 'HELD';

export interface Standing {
  readonly status: Status;
  readonly statusReason: string | null;
}

const decided: Readonly<Record<string, Standing>> = {
  REPLACED: { status: 'REPLACED', statusReason: 'REPLACED_BY_NEWER' },
  LOST: { status: 'LOST', statusReason: 'REPORTED_LOST' },
  REVOKED: { status: 'REVOKED', statusReason: 'WITHDRAWN' },
  HELD: { status: 'HELD', statusReason: 'HELD_BY_AUTHORITY' },
};

/** What a document is worth on that day: as decided, else by its printed term and by the end of its kind. */
export function standingOn(card: Card, today: string): Standing {
  const known = card.decidedStatus === null ? undefined : decided[card.decidedStatus];
  if (known) return known;
  if (card.expiresOn !== null && card.expiresOn < today)
    return { status: 'EXPIRED', statusReason: 'TERM_ENDED' };
  if (card.endedFrom !== null && card.endedFrom <= today)
    return { status: 'EXPIRED', statusReason: 'KIND_ENDED' };
  return { status: 'VALID', statusReason: null };
}
