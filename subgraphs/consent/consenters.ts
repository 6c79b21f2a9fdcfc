import { ageOn, fullAge, isRepresented, type Representation } from '#kit';

/** Who takes part in a consent: the one whom the data is about, or a parent or guardian. */
export type Role = 'SELF' | 'GUARDIAN';

/** A registered representation of the subject, ended ones too. */
export interface Link extends Omit<Representation, 'bornOn'> {
  readonly representativeId: string;
}

/** What decides who speaks for a person. Days are `YYYY-MM-DD`. */
export interface Standing {
  readonly citizenId: string;
  readonly bornOn: string;
  readonly links: readonly Link[];
}

/** From this age on a child consents beside the representative (Law 91/2025/QH15 Art. 24). */
const coConsentAge = 7;
/** From this age on a child decides who sees the compartments of the health record, parents included. */
const ownHealthAge = 14;

/** Who represents the person on that day. */
export function representativesOf({ bornOn, links }: Standing, today: string): readonly string[] {
  const live = links.filter((link) => isRepresented({ ...link, bornOn }, today));
  return live.map(({ representativeId }) => representativeId);
}

/** Whether a representative may need this person's consent to read the compartments. */
export function hasOwnHealthSecrets({ bornOn }: Standing, today: string): boolean {
  const age = ageOn(bornOn, today);
  return age >= ownHealthAge && age < fullAge;
}

/** In whose name somebody acts about the person on that day; `null`: they have no say. */
export function roleOf(actorId: string, standing: Standing, today: string): Role | null {
  if (actorId === standing.citizenId) return 'SELF';
  return representativesOf(standing, today).includes(actorId) ? 'GUARDIAN' : null;
}

/**
 * Whose consents a disclosure to an app needs on that day: an adult's own; the guardian's for an adult ward and for a
 * child below 7; both from 7 to 17. To let a representative read (`isForRepresentative`), the child's own, from 14 to
 * 17; nobody can give what is not needed before and after.
 */
export function consentersOf(
  standing: Standing,
  isForRepresentative: boolean,
  today: string,
): readonly Role[] {
  if (isForRepresentative) return hasOwnHealthSecrets(standing, today) ? ['SELF'] : [];
  const age = ageOn(standing.bornOn, today);
  if (age >= fullAge) return representativesOf(standing, today).length > 0 ? ['GUARDIAN'] : ['SELF'];
  return age < coConsentAge ? ['GUARDIAN'] : ['SELF', 'GUARDIAN'];
}
