import { extendRow } from '#kit';
import type { Card } from './loaders.ts';
import { standingOn, type Standing } from './status.ts';

/** A document among the others of its holder. */
export interface CardView extends Card, Standing {
  readonly replacedBy: Card | null;
  readonly isCurrent: boolean;
}

const isUsable = ({ status }: Standing): boolean => status === 'VALID';

/** The next thing to hold issued after it: `cards` come newest first. The electronic document replaces none. */
function findSuccessor(cards: readonly Card[], index: number): Card | null {
  if (!cards[index]?.isPhysical) return null;
  return cards.slice(0, index).findLast((card) => card.isPhysical) ?? null;
}

/**
 * All documents of a citizen on that day: the current one first, which is the newest valid card or, without one, the
 * valid electronic document; then newest first. `cards` come newest first.
 */
export function tellHistory(cards: readonly Card[], today: string): readonly CardView[] {
  const told = cards.map((card, index) => {
    const place = { replacedBy: findSuccessor(cards, index), isCurrent: false };
    return extendRow(card, Object.assign(standingOn(card, today), place));
  });
  const current = told.find((card) => card.isPhysical && isUsable(card)) ?? told.find(isUsable);
  if (!current) return told;
  return [Object.assign(current, { isCurrent: true }), ...told.filter((card) => card !== current)];
}
