import { addYears, dayText } from '../calendar.ts';
import { refOfDraft, type Draft } from '../draft.ts';
import type { LifeEvent } from '../person.ts';

/** Parents represent their children until 18 (Civil Code 2015, Article 136), or until they die. */
export function tellRepresentation(child: Draft, parents: readonly Draft[]): LifeEvent[] {
  const majority = addYears(child.born, 18);
  if (majority <= child.today) return [];
  return parents
    .filter((parent) => parent.died === null || parent.died > child.born)
    .map((parent) => ({
      kind: 'REPRESENTED',
      guardian: refOfDraft(parent),
      relation: 'CHILD_BIOLOGICAL',
      basis: 'PARENTAL',
      documentNo: null,
      registeredBy: `UBND ${child.birthUnit?.ward.name ?? child.dwelling.unit.ward.name}`,
      from: dayText(child.born),
      to: parent.died === null ? null : dayText(parent.died),
    }));
}
