import type { LifeEvent, Person } from '#db/population';
import { recordIdOf } from './record-id.ts';

type Represented = Extract<LifeEvent, { kind: 'REPRESENTED' }>;

function earliestOf(days: readonly (string | null | undefined)[]): string | null {
  return days.reduce<string | null>(
    (first, day) => (day && (first === null || day < first) ? day : first),
    null,
  );
}

/**
 * A representation as civil status records it, and as the register learns of it: the same record for both. The death
 * of either ends it (Civil Code 2015, Article 62); `guardian` is not given when they belong to another household.
 */
export function representationRecordOf(person: Person, guardian: Person | undefined, event: Represented) {
  return {
    recordId: recordIdOf(person.citizenId, event.guardian.citizenId, event.basis, event.from),
    relation: event.relation,
    basis: event.basis,
    validFrom: event.from,
    validTo: earliestOf([event.to, person.diedOn, guardian?.diedOn]),
  };
}
