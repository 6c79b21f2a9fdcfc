import { addYears } from '#kit';

/** What the police recorded. Days are `YYYY-MM-DD`. */
export interface PointEvent {
  readonly eventId: string;
  /** `DEDUCTION` or `KNOWLEDGE_TEST` (passed). */
  readonly kind: string;
  readonly points: number;
  readonly effectiveOn: string;
  readonly decisionNo: string | null;
  readonly violationCode: string | null;
}

/** One line of the ledger. A restoration by time has the id of the deduction it follows, on another day. */
export interface LedgerEntry {
  readonly eventId: string;
  readonly kind: 'DEDUCTED' | 'RESTORED_AFTER_12_MONTHS' | 'RESTORED_BY_TEST';
  readonly delta: number;
  readonly balanceAfter: number;
  readonly effectiveOn: string;
  readonly decisionNo: string | null;
  readonly violationCode: string | null;
}

/** Every licence has 12 points (Law 36/2024/QH15, Article 58(1)). */
export const fullPoints = 12;

interface State {
  readonly entries: readonly LedgerEntry[];
  readonly balance: number;
  readonly lastDeduction: PointEvent | null;
}

const append = (state: State, entry: LedgerEntry, lastDeduction: PointEvent | null): State => ({
  entries: [...state.entries, entry],
  balance: entry.balanceAfter,
  lastDeduction,
});

/** Back to 12 when points are left and twelve months passed without a deduction (Article 58(2)). */
function restoreByTime(state: State, until: string): State {
  const { balance, lastDeduction } = state;
  if (lastDeduction === null || balance === 0) return state;
  const effectiveOn = addYears(lastDeduction.effectiveOn, 1);
  if (effectiveOn > until) return state;
  const change = { delta: fullPoints - balance, balanceAfter: fullPoints, effectiveOn };
  const { eventId } = lastDeduction;
  const kind = 'RESTORED_AFTER_12_MONTHS';
  return append(state, { eventId, kind, ...change, decisionNo: null, violationCode: null }, null);
}

/** A deduction never goes below 0; a passed test gives all points back. */
function applyEvent(before: State, event: PointEvent): State {
  const state = restoreByTime(before, event.effectiveOn);
  const isDeduction = event.kind === 'DEDUCTION';
  const balanceAfter = isDeduction ? Math.max(0, state.balance - event.points) : fullPoints;
  const { eventId, effectiveOn, decisionNo, violationCode } = event;
  const kind = isDeduction ? 'DEDUCTED' : 'RESTORED_BY_TEST';
  const change = { delta: balanceAfter - state.balance, balanceAfter, effectiveOn };
  const entry: LedgerEntry = { eventId, kind, ...change, decisionNo, violationCode };
  return append(state, entry, isDeduction ? event : null);
}

/**
 * The ledger as it stands today, oldest first: what was recorded, and the restorations that time brought between.
 * @param events oldest first
 */
export function ledgerOf(events: readonly PointEvent[], today: string): readonly LedgerEntry[] {
  const past = events.filter((event) => event.effectiveOn <= today);
  const start: State = { entries: [], balance: fullPoints, lastDeduction: null };
  return restoreByTime(past.reduce(applyEvent, start), today).entries;
}

/** Points left after the last entry. */
export const pointsOf = (ledger: readonly LedgerEntry[]): number => ledger.at(-1)?.balanceAfter ?? fullPoints;
