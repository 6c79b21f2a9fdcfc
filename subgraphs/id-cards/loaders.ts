import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { createChildLoader, createListLoader } from '#kit';
import { cardChips, documentTypes, idCards, type DocumentType } from './tables.ts';

const ids = sql.placeholder('ids');
const recordIds = sql.placeholder('recordIds');

/** A document with what the law says of its kind. */
export type Card = typeof idCards.$inferSelect &
  Omit<DocumentType, 'code' | 'name'> & { readonly typeName: string };

function prepareReads({ orm }: Database) {
  const { name: typeName, isPhysical, hasChip, qrLayout, isRenewedByAge, endedFrom } = documentTypes;
  const law = { typeName, isPhysical, hasChip, qrLayout, isRenewedByAge, endedFrom };
  return {
    cards: orm
      .select({ ...getTableColumns(idCards), ...law })
      .from(idCards)
      .innerJoin(documentTypes, eq(documentTypes.code, idCards.documentType))
      .where(sql`${idCards.citizenId} = any(${ids})`)
      .orderBy(desc(idCards.issuedOn), desc(idCards.id))
      .prepare('id_cards_by_ids'),
    chips: orm
      .select()
      .from(cardChips)
      .where(
        sql`(${cardChips.citizenId}, ${cardChips.recordId}) in (select * from unnest(${ids}::uuid[], ${recordIds}::uuid[]))`,
      )
      .prepare('card_chips_by_cards'),
  };
}

/** Statements prepared once; loaders for each request, one statement per loader. */
export function createLoaders(database: Database) {
  const reads = prepareReads(database);
  return () => ({
    /** Every document of a citizen, newest first. */
    cards: createListLoader<Card>((keys) => reads.cards.execute({ ids: keys })),
    chips: createChildLoader((citizenIds, cardIds) =>
      reads.chips.execute({ ids: citizenIds, recordIds: cardIds }),
    ),
  });
}

export type Loaders = ReturnType<ReturnType<typeof createLoaders>>;
