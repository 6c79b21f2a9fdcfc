import { endAtAge, type Representation } from '#kit';

/** A child leaves the list of dependants: identity card and account of their own (Law 26/2023/QH15). */
const listedBelowAge = 14;

/** First day on which a dependant is no longer listed; `null` when no such day is known. */
export const listingEndOf = (link: Representation): string | null => endAtAge(link, listedBelowAge);

/** Whether the link stands in the representative's list of dependants today. */
export function isListed(link: Representation, today: string): boolean {
  const end = listingEndOf(link);
  return link.validFrom <= today && (end === null || today < end);
}
