import { ageOn, dayText, type DayNumber } from './calendar.ts';
import { fullNameOf } from './names.ts';
import { randomOf, type Random } from './random.ts';
import type { Account, Address, Coded, Person, PersonName, PersonRef, Sex, Unit } from './person.ts';

/** How somebody of working age earns, or earned, a living. */
export type Career = 'NONE' | 'ENTERPRISE' | 'STATE' | 'VOLUNTARY';

/** A person before any event: whatever the stories of residence, papers, work and health have in common. */
export interface Draft {
  readonly seed: number;
  /** Position among the ordinary citizens, from 0; negative for personas. */
  readonly number: number;
  readonly citizenId: string;
  readonly persona: string | null;
  readonly name: PersonName;
  readonly otherNames: readonly string[];
  readonly sex: Sex;
  readonly born: DayNumber;
  readonly died: DayNumber | null;
  /** The date of the population. */
  readonly today: DayNumber;
  /** Nothing is told after it: the death, else today. */
  readonly end: DayNumber;
  readonly personalId: string;
  /** Old nine-digit number; used only by those who had the paper card. */
  readonly cmnd: string;
  readonly nationality: Coded;
  readonly ethnicity: Coded;
  readonly religion: Coded | null;
  readonly bloodType: string | null;
  readonly birthUnit: Unit | null;
  readonly hometown: Unit | null;
  readonly dwelling: Address;
  /** The day this person came to live in the dwelling. */
  readonly movedIn: DayNumber;
  readonly hasMoved: boolean;
  readonly maritalStatus: Person['maritalStatus'];
  readonly career: Career;
  readonly isStudent: boolean;
  readonly isPoor: boolean;
  readonly account: Account | null;
}

/** A generator of this person's own for one topic. */
export const chanceOf = (draft: Draft, topic: string): Random => randomOf(draft.seed, draft.number, topic);

export const ageOf = (draft: Draft): number => ageOn(draft.born, draft.end);

/** The two-digit province code of the dwelling, in the scheme it was registered in. */
export const provinceOf = (draft: Draft): string => draft.dwelling.unit.province.code;

/** Enough to name somebody without holding them. */
export const refOfDraft = (draft: Draft): PersonRef => ({
  citizenId: draft.citizenId,
  fullName: fullNameOf(draft.name),
  personalId: draft.personalId,
  sex: draft.sex,
  dateOfBirth: dayText(draft.born),
});

/** Enough to name another person without holding them; the number is the current one. */
export function refOf(person: Person): PersonRef {
  const current = person.identifiers.find((item) => item.type === 'PERSONAL_ID' && item.validTo === null);
  if (!current) throw new Error('A person of the population has exactly one current personal number.');
  return {
    citizenId: person.citizenId,
    fullName: fullNameOf(person.name),
    personalId: current.value,
    sex: person.sex,
    dateOfBirth: person.dateOfBirth,
  };
}
