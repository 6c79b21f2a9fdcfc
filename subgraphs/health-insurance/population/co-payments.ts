import { randomOf, type PopulationPlan, type Random, type Visit } from '#db/population';
import { baseSalaryRows, benefitLevelRows } from '../catalogue.ts';
import type { cards, coPayments } from '../tables.ts';

type Card = typeof cards.$inferInsert;

const rates = new Map(benefitLevelRows.map(({ level, rate }) => [level, rate]));
const inpatient: ReadonlySet<string> = new Set(['03', '04', '09']);

const ceilingOn = (day: string): number =>
  6 * (baseSalaryRows.findLast(({ validFrom }) => validFrom <= day)?.amount ?? 0);

/** The patient's part of a bill, in đồng. */
function drawShare(random: Random, visit: Visit, card: Card): number {
  const thousands = inpatient.has(visit.visitType) ? random.int(3000, 25_000) : random.int(360, 1200);
  return thousands * 10 * (100 - (rates.get(card.benefitLevel) ?? 100));
}

/**
 * Co-payments of the year of the population's day, from the insured visits, oldest first, until the citizen is exempt;
 * `[]` when there are none.
 */
export function coPaymentsOf(
  visits: readonly Visit[],
  held: readonly Card[],
  { seed, asOf }: PopulationPlan,
): (typeof coPayments.$inferInsert)[] {
  const citizenId = held[0]?.citizenId ?? '';
  const random = randomOf(seed, citizenId, 'co-payments');
  let paid = 0;
  let ceilingPassedOn: string | null = null;
  for (const visit of visits) {
    if (!visit.insured || visit.admittedAt.slice(0, 4) !== asOf.slice(0, 4)) continue;
    const day = visit.admittedAt.slice(0, 10);
    const card = held.findLast(({ validFrom, validTo }) => validFrom <= day && day <= validTo);
    if (!card || (ceilingPassedOn !== null && card.fiveYearFrom <= day)) continue;
    paid += drawShare(random, visit, card);
    if (ceilingPassedOn === null && paid > ceilingOn(day)) ceilingPassedOn = day;
  }
  return paid === 0 ? [] : [{ citizenId, year: Number(asOf.slice(0, 4)), paid, ceilingPassedOn }];
}
