import { desc, eq, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createListLoader, createTextLoader, openAll } from '#kit';
import {
  baseSalaries,
  benefitLevels,
  cards,
  coPayments,
  facilities,
  files,
  objects,
  resultCodes,
} from './tables.ts';

const ids = sql.placeholder('ids');

const prepareCards = ({ orm }: Database) =>
  orm
    .select({
      citizenId: cards.citizenId,
      card: cards,
      file: files,
      object: objects,
      level: benefitLevels,
      facility: facilities,
    })
    .from(cards)
    .innerJoin(files, eq(files.citizenId, cards.citizenId))
    .innerJoin(objects, eq(objects.code, cards.objectCode))
    .innerJoin(benefitLevels, eq(benefitLevels.level, cards.benefitLevel))
    .innerJoin(facilities, eq(facilities.code, cards.facilityCode))
    .where(sql`${cards.citizenId} = any(${ids})`)
    .orderBy(desc(cards.validFrom), desc(cards.id))
    .prepare('health_insurance_cards_by_ids');

/** In force when the ceiling was passed, else at the end of the year. */
const baseSalary = sql<string>`(
  select ${baseSalaries.amount} from ${baseSalaries}
  where ${baseSalaries.validFrom} <= coalesce(${coPayments.ceilingPassedOn}, make_date(${coPayments.year}, 12, 31))
  order by ${baseSalaries.validFrom} desc limit 1)`;

const prepareCoPayments = ({ orm }: Database) =>
  orm
    .select({
      citizenId: coPayments.citizenId,
      year: coPayments.year,
      paid: coPayments.paid,
      ceilingPassedOn: coPayments.ceilingPassedOn,
      baseSalary: baseSalary.mapWith(Number),
    })
    .from(coPayments)
    .where(sql`${coPayments.citizenId} = any(${ids})`)
    .prepare('health_insurance_co_payments_by_ids');

const prepareResults = ({ orm }: Database) =>
  orm
    .select()
    .from(resultCodes)
    .where(sql`${resultCodes.code} = any(${ids})`)
    .prepare('health_insurance_results_by_codes');

type Rows<Prepare extends (database: Database) => { execute: () => Promise<readonly unknown[]> }> = Awaited<
  ReturnType<ReturnType<Prepare>['execute']>
>[number];
/** A card with what it refers to. */
export type CardRow = Rows<typeof prepareCards>;
/** The co-payments of a year with the base salary that the ceiling is reckoned by. */
export type CoPaymentRow = Rows<typeof prepareCoPayments>;

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const [cardsById, coPaymentsById] = [prepareCards(database), prepareCoPayments(database)];
  const resultsByCode = prepareResults(database);
  const lookUps = {
    /** Newest first. */
    cards: createListLoader((keys) => cardsById.execute({ ids: keys })),
    coPayments: createListLoader((keys) => coPaymentsById.execute({ ids: keys })),
    results: createTextLoader(
      (codes) => resultsByCode.execute({ ids: codes }),
      (row) => [row.code, row],
    ),
  };
  return () => openAll(lookUps);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
