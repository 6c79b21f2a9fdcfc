import type { LedgerEntry } from './ledger.ts';

const monthsOfWaiting = 6;
const two = (value: number): string => String(value).padStart(2, '0');

/** A term in months ends on the same day of its last month, or on that month's last (Civil Code 2015, Article 148). */
function addMonths(day: string, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(count / 12), count % 12];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return `${year}-${two(month + 1)}-${two(Math.min(Number(day.slice(8)), lastDay))}`;
}

/**
 * First day of the knowledge test: six months after the last point was lost (Law 36/2024/QH15, Article 58(2)).
 * `null` while points are left.
 */
export function knowledgeTestFrom(ledger: readonly LedgerEntry[]): string | null {
  if (ledger.at(-1)?.balanceAfter !== 0) return null;
  const lastWithPoints = ledger.findLastIndex((entry) => entry.balanceAfter > 0);
  const loss = ledger[lastWithPoints + 1];
  return loss ? addMonths(loss.effectiveOn, monthsOfWaiting) : null;
}
