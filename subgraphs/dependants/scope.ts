import { ageOn, isAdultWard, type Representation } from '#kit';

/** A guardian looks after a ward below 15 and only represents one from 15 on (Civil Code 2015, Articles 55, 56). */
const careBelowAge = 15;

const overPerson = ['CIVIL_TRANSACTIONS', 'PROPERTY', 'LEGAL_PROTECTION'] as const;

/** What the representation covers today: as a court decided (Article 57(2)), else as the law says. */
export function scopeOf(
  link: Representation & { readonly decidedScope: readonly string[] | null },
  today: string,
): readonly string[] {
  if (link.decidedScope) return link.decidedScope;
  if (isAdultWard(link)) return ['CARE_AND_TREATMENT', ...overPerson];
  const isInCare = link.basis === 'PARENTAL' || ageOn(link.bornOn, today) < careBelowAge;
  return isInCare ? ['CARE_AND_EDUCATION', ...overPerson] : overPerson;
}
