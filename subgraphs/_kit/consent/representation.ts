import type { LinkFacts } from '#schema';
import { addYears, ageOn } from '../day.ts';

/** What decides for how long somebody represents somebody. Days are `YYYY-MM-DD`. */
export interface Representation {
  readonly relation: string;
  readonly basis: string;
  /** Birth of the one who is represented. */
  readonly bornOn: string;
  readonly validFrom: string;
  /** First day without the link; `null`: no end is registered. */
  readonly validTo: string | null;
}

/** A registered link with the birth of whom it is about. */
export const representationOf = (
  { relation, basis, validFrom, validTo }: LinkFacts,
  bornOn: string,
): Representation => ({ relation, basis, bornOn, validFrom, validTo });

/** Full age: representation by parents and guardians of minors ends (Civil Code 2015, Articles 20 and 62). */
export const fullAge = 18;

/** Somebody put under guardianship as an adult (Civil Code 2015, Article 47(1)(c) and (d)); no birthday ends that. */
export function isAdultWard({ relation, basis, bornOn, validFrom }: Representation): boolean {
  if (relation === 'WARD_ADULT_INCAPACITATED' || relation === 'WARD_ADULT_COGNITIVE') return true;
  return basis !== 'PARENTAL' && ageOn(bornOn, validFrom) >= fullAge;
}

/** First day that ends it, by a birthday or as registered; `null` when no such day is known. */
export function endAtAge(link: Representation, age: number): string | null {
  if (isAdultWard(link)) return link.validTo;
  const birthday = addYears(link.bornOn, age);
  return link.validTo !== null && link.validTo < birthday ? link.validTo : birthday;
}

/** First day on which nobody is represented by this link any more; `null` when no such day is known. */
export const representationEndOf = (link: Representation): string | null => endAtAge(link, fullAge);

/** Whether the link gives the right to represent on that day: a minor up to 18, an adult ward to the registered end. */
export function isRepresented(link: Representation, today: string): boolean {
  const end = representationEndOf(link);
  return link.validFrom <= today && (end === null || today < end);
}
