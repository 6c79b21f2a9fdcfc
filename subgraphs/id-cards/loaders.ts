import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createChildLoader, createListLoader, createNarrowLookUp, openAll } from '#kit';
import type { AskedFields, ColumnUse, RequestClock } from '#kit';
import { cardChips, documentTypes, idCards, type DocumentType } from './tables.ts';

const ids = sql.placeholder('ids');
const recordIds = sql.placeholder('recordIds');

/** A document with what the law says of its kind. */
export type Card = typeof idCards.$inferSelect &
  Omit<DocumentType, 'code' | 'name'> & { readonly typeName: string };

const { citizenId, recordId, otherNames, fatherName, motherName, spouseName } = cardChips;
const { ethnicityCode, ethnicityName, religionCode, religionName, bloodType } = cardChips;
const { issuedOn, asOf, integrationStatus } = idCards;

/** Two scopes guard what a chip tells, and what one guards is never read for the other. */
const chipColumns = { citizenId, recordId, otherNames, fatherName, motherName, spouseName };
const sensitiveColumns = {
  citizenId,
  issuedOn,
  ethnicityCode,
  ethnicityName,
  religionCode,
  religionName,
  bloodType,
  asOf,
  integrationStatus,
};

const { name: typeName, isPhysical, hasChip, qrLayout, isRenewedByAge, endedFrom } = documentTypes;
const law = { typeName, isPhysical, hasChip, qrLayout, isRenewedByAge, endedFrom };
const columns = { ...getTableColumns(idCards), ...law };
type CardColumns = typeof columns;

const cardUse = {
  columns,
  /** By these a document takes its place among the others. */
  always: [
    'citizenId',
    'id',
    'documentType',
    'issuedOn',
    'expiresOn',
    'decidedStatus',
    'isPhysical',
    'endedFrom',
  ],
  types: {
    IdCard: {
      documentTypeName: ['typeName'],
      fullNameAtBirth: ['fullName'],
      permanentResidence: ['residence'],
      placeOfResidence: ['residence'],
      status: [],
      statusReason: [],
      replacedBy: [],
      isCurrent: [],
      hasPortrait: ['dateOfBirth'],
      expiryMilestone: ['isRenewedByAge', 'dateOfBirth'],
      daysToExpiry: [],
      identifiers: ['documentNumber', 'oldNumber', 'cancelledNumber'],
      qrText: [
        'qrLayout',
        'documentNumber',
        'oldNumber',
        'fullName',
        'dateOfBirth',
        'sex',
        'residence',
        'cancelledNumber',
      ],
      chip: ['hasChip', 'oldNumber'],
      source: ['asOf', 'integrationStatus'],
    },
    IdCardSuccessor: {},
  },
} satisfies ColumnUse<CardColumns>;

const prepareCards = ({ orm }: Database, selected: CardColumns) =>
  orm
    .select(selected)
    .from(idCards)
    .innerJoin(documentTypes, eq(documentTypes.code, idCards.documentType))
    .where(sql`${idCards.citizenId} = any(${ids})`)
    .orderBy(desc(idCards.issuedOn), desc(idCards.id))
    .prepare('id_cards_by_ids');

function prepareReads({ orm }: Database) {
  return {
    chips: orm
      .select(chipColumns)
      .from(cardChips)
      .where(
        sql`(${cardChips.citizenId}, ${cardChips.recordId}) in (select * from unnest(${ids}::uuid[], ${recordIds}::uuid[]))`,
      )
      .prepare('card_chips_by_cards'),
    sensitiveData: orm
      .select(sensitiveColumns)
      .from(cardChips)
      .innerJoin(idCards, and(eq(idCards.citizenId, citizenId), eq(idCards.id, recordId)))
      .where(sql`${citizenId} = any(${ids})`)
      .orderBy(desc(issuedOn), desc(recordId))
      .prepare('card_chips_sensitive_by_ids'),
  };
}

/** Statements prepared once; loaders for each request, one statement per loader. */
export function createLoaders(database: Database) {
  const reads = prepareReads(database);
  const lookUps = {
    /** Every document of a citizen, newest first. */
    cards: createNarrowLookUp(cardUse, (selected) => {
      const statement = prepareCards(database, selected);
      return createListLoader<Card>((keys) => statement.execute({ ids: keys }));
    }),
    chips: createChildLoader((citizenIds, cardIds) =>
      reads.chips.execute({ ids: citizenIds, recordIds: cardIds }),
    ),
    /** What the chips of a citizen tell that is sensitive, newest document first. */
    sensitiveData: createListLoader((keys) => reads.sensitiveData.execute({ ids: keys })),
  };
  return (_?: RequestClock, asked?: AskedFields) => openAll(lookUps, asked);
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;

type Reads = ReturnType<typeof prepareReads>;

/** What a chip tells but for its sensitive part. */
export type Chip = Awaited<ReturnType<Reads['chips']['execute']>>[number];

/** The sensitive part of a chip, and the document it belongs to. */
export type SensitiveData = Awaited<ReturnType<Reads['sensitiveData']['execute']>>[number];
