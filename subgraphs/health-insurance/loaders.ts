import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createListLoader, createNarrowLookUp, createTextLoader, openAll } from '#kit';
import type { AskedFields, ColumnUse, RequestClock } from '#kit';
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

const { insuranceNumber, personalId, fullName, dateOfBirth, sex, identityCheck } = files;
const { name: objectName, benefitLevel: objectLevel } = objects;
const { rate: benefitRate, hasPaymentCaps, coversOutsideScope } = benefitLevels;
const { name: facilityName, provinceCode: facilityProvince, careLevel: facilityCareLevel } = facilities;

const columns = {
  ...getTableColumns(cards),
  ...{ insuranceNumber, personalId, fullName, dateOfBirth, sex, identityCheck },
  ...{ objectName, objectLevel, benefitRate, hasPaymentCaps, coversOutsideScope },
  ...{ facilityName, facilityProvince, facilityCareLevel },
};
type CardColumns = typeof columns;

const usesOfCard = {
  initialFacility: ['facilityCode', 'facilityName', 'facilityProvince', 'facilityCareLevel'],
  fiveYearContinuousFrom: ['fiveYearFrom'],
  status: [],
  result: ['identityCheck', 'objectCode'],
  source: ['asOf', 'integrationStatus'],
} as const;

const cardUse = {
  columns,
  /** By these a card takes its place among the others. */
  always: ['citizenId', 'validFrom', 'validTo', 'endedAs'],
  types: {
    HealthInsurance: {
      ...usesOfCard,
      insuranceNumber10: ['insuranceNumber'],
      object: ['objectCode', 'objectName', 'objectLevel'],
      hasFiveContinuousYears: ['fiveYearFrom'],
      coPayment: [],
      coPayExemptFrom: ['fiveYearFrom'],
      coPayExemptTo: ['fiveYearFrom'],
      previousCodes: ['cardNumber'],
      previousCards: [],
      nextCard: [],
    },
    HealthInsuranceCard: usesOfCard,
  },
} satisfies ColumnUse<CardColumns>;

/** PostgreSQL leaves out a left join to a table by its key when nothing of it is read; every card has these rows. */
const prepareCards = ({ orm }: Database, selected: CardColumns) =>
  orm
    .select(selected)
    .from(cards)
    .innerJoin(files, eq(files.citizenId, cards.citizenId))
    .leftJoin(objects, eq(objects.code, cards.objectCode))
    .leftJoin(benefitLevels, eq(benefitLevels.level, cards.benefitLevel))
    .leftJoin(facilities, eq(facilities.code, cards.facilityCode))
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
export type CardRow = {
  readonly [Name in keyof CardColumns]: CardColumns[Name]['_']['notNull'] extends true
    ? CardColumns[Name]['_']['data']
    : CardColumns[Name]['_']['data'] | null;
};
/** The co-payments of a year with the base salary that the ceiling is reckoned by. */
export type CoPaymentRow = Rows<typeof prepareCoPayments>;

/** Statements prepared once; loaders for each request. */
export function createLoaders(database: Database) {
  const coPaymentsById = prepareCoPayments(database);
  const resultsByCode = prepareResults(database);
  const lookUps = {
    /** Newest first. */
    cards: createNarrowLookUp(cardUse, (selected) => {
      const statement = prepareCards(database, selected);
      return createListLoader((keys) => statement.execute({ ids: keys }) as Promise<CardRow[]>);
    }),
    coPayments: createListLoader((keys) => coPaymentsById.execute({ ids: keys })),
    results: createTextLoader(
      (codes) => resultsByCode.execute({ ids: codes }),
      (row) => [row.code, row],
    ),
  };
  return (_?: RequestClock, asked?: AskedFields) => openAll(lookUps, asked);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
