import { connectionOf, type Connection, type PageKey, type Position } from '#kit';
import type { LedgerEntry } from './ledger.ts';

const positionOf = (entry: LedgerEntry): Position => ({ sort: entry.effectiveOn, id: entry.eventId });

/** Behind the entry of the cursor; behind its day when the ledger does not have it. */
function indexAfter(entries: readonly LedgerEntry[], { sort, id }: Position): number {
  const found = entries.findIndex((entry) => entry.effectiveOn === sort && entry.eventId === id);
  if (found >= 0) return found + 1;
  const next = entries.findIndex((entry) => entry.effectiveOn < sort);
  return next < 0 ? entries.length : next;
}

/** One page of a ledger, newest first. Restorations by time are not rows, so the page is cut here and not in SQL. */
export function ledgerPageOf(ledger: readonly LedgerEntry[], key: PageKey): Connection<LedgerEntry> {
  const { from, to, after, first } = key;
  const isAsked = ({ effectiveOn }: LedgerEntry): boolean =>
    (from === null || effectiveOn >= from) && (to === null || effectiveOn <= to);
  const entries = ledger.filter(isAsked).reverse();
  const start = after === null ? 0 : indexAfter(entries, after);
  return connectionOf(entries.slice(start, start + first + 1), key, positionOf);
}
