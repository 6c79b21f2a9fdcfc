import { addYears, ageOn } from '#kit';

/** What decides for how long a link counts. Days are `YYYY-MM-DD`. */
export interface Link {
  readonly relation: string;
  readonly basis: string;
  /** Birth of the one who is represented. */
  readonly bornOn: string;
  readonly validFrom: string;
  /** First day without the link; `null`: no end is registered. */
  readonly validTo: string | null;
}

/** A child leaves the list of dependants: identity card and account of their own (Law 26/2023/QH15). */
const listedBelowAge = 14;
/** Full age: representation by parents and guardians of minors ends (Civil Code 2015, Articles 20 and 62). */
const fullAge = 18;

/** Somebody put under guardianship as an adult (Civil Code 2015, Article 47(1)(c) and (d)); no birthday ends that. */
export function isAdultWard({ relation, basis, bornOn, validFrom }: Link): boolean {
  if (relation === 'WARD_ADULT_INCAPACITATED' || relation === 'WARD_ADULT_COGNITIVE') return true;
  return basis !== 'PARENTAL' && ageOn(bornOn, validFrom) >= fullAge;
}

function endAtAge(link: Link, age: number): string | null {
  if (isAdultWard(link)) return link.validTo;
  const birthday = addYears(link.bornOn, age);
  return link.validTo !== null && link.validTo < birthday ? link.validTo : birthday;
}

const isWithin = (link: Link, end: string | null, today: string): boolean =>
  link.validFrom <= today && (end === null || today < end);

/** First day on which a dependant is no longer listed; `null` when no such day is known. */
export const listingEndOf = (link: Link): string | null => endAtAge(link, listedBelowAge);

/** First day on which nobody is represented by this link any more; `null` when no such day is known. */
export const representationEndOf = (link: Link): string | null => endAtAge(link, fullAge);

/** Whether the link stands in the representative's list of dependants today. */
export const isListed = (link: Link, today: string): boolean => isWithin(link, listingEndOf(link), today);

/** Whether the link gives the right to represent today: up to 18, four years longer than the listing. */
export const isRepresented = (link: Link, today: string): boolean =>
  isWithin(link, representationEndOf(link), today);
