import { addYears } from '#kit';

/** Ages at which a card is renewed (Law 26/2023/QH15 Art. 21). */
const milestoneAges = [14, 25, 40, 60] as const;

/** A card issued less than this before a milestone lasts to the next one (Art. 21.2). */
const graceYears = 2;

/** A birthday by which a card is renewed. */
export interface Milestone {
  readonly age: number;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** Until which birthday a card issued on that day lasts; `null`: without term. Both days `YYYY-MM-DD`. */
export function milestoneOf(issuedOn: string, bornOn: string): Milestone | null {
  const coming = milestoneAges
    .map((age) => ({ age, on: addYears(bornOn, age) }))
    .filter(({ on }) => on > issuedOn);
  const [first, second] = coming;
  if (!first) return null;
  return first.on < addYears(issuedOn, graceYears) ? (second ?? null) : first;
}
