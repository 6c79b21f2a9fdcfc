import type { LifeEvent } from '#db/population';
import { nextMonth } from '../month.ts';

/** A spell of work or of voluntary participation. */
export type Employed = Extract<LifeEvent, { kind: 'EMPLOYED' }>;

/** A spell without the months that an earlier one already has. */
export interface Spell {
  readonly event: Employed;
  readonly from: string;
  /** Last month, included; `null` while it goes on. */
  readonly to: string | null;
  /** Code of the report that began it. */
  readonly planCode: string;
  /** Code of the report that ended it; `null` while it goes on. */
  readonly endPlanCode: string | null;
}

type Trimmed = Pick<Spell, 'event' | 'from' | 'to'>;

/** Months are contributed for once: of two jobs at a time only the first counts. */
function trim(events: readonly Employed[]): Trimmed[] {
  const spells: Trimmed[] = [];
  let free = '';
  for (const event of events) {
    const from = event.from > free ? event.from : free;
    if (event.to !== null && event.to < from) continue;
    spells.push({ event, from, to: event.to });
    if (event.to === null) break;
    free = nextMonth(event.to);
  }
  return spells;
}

const isSameProvince = (one: Employed, other: Employed): boolean =>
  one.employer?.provinceCode === other.employer?.provinceCode;

function planCodeOf(spell: Trimmed, before: Trimmed | undefined): string {
  if (!before) return 'TM';
  if (before.to === null || nextMonth(before.to) < spell.from) return 'ON';
  return isSameProvince(before.event, spell.event) ? 'TD' : 'TC';
}

function endPlanCodeOf({ event, to }: Trimmed, after: Trimmed | undefined): string | null {
  if (to === null) return null;
  if (!after || nextMonth(to) < after.from) return 'GH';
  return isSameProvince(event, after.event) ? 'GD' : 'GC';
}

/** Spells, oldest first, that share no month. `events` oldest first. */
export function spellsOf(events: readonly Employed[]): Spell[] {
  const trimmed = trim(events);
  return trimmed.map((spell, index) => ({
    event: spell.event,
    from: spell.from,
    to: spell.to,
    planCode: planCodeOf(spell, trimmed[index - 1]),
    endPlanCode: endPlanCodeOf(spell, trimmed[index + 1]),
  }));
}
