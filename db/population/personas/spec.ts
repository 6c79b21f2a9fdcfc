import type { DayNumber } from '../calendar.ts';
import type { Career, Draft } from '../draft.ts';
import type { Account, Day, LifeEvent, Person, RelationToHead, Sex } from '../person.ts';

/** What a persona's own story is told from. */
export interface Story {
  readonly draft: Draft;
  /** The ordinary life this person would have had. */
  readonly base: readonly LifeEvent[];
  /** Another persona, by name. @throws RangeError for a name nobody has */
  readonly of: (name: string) => Draft;
}

/** A named person, written down by hand; what is left out is drawn as for anybody else. */
export interface Spec {
  readonly name: string;
  /** `false`: a relative who only completes a household and is not listed. */
  readonly isListed?: false;
  /** One English sentence on why this persona exists. */
  readonly note: string;
  readonly called: readonly [surname: string, middle: string | null, given: string];
  readonly sex: Sex;
  readonly born: Day | DayNumber;
  readonly died?: DayNumber;
  /** Level of the account; 2 from the age of 14, else 0, when left out. */
  readonly level?: 0 | 1 | 2;
  readonly account?: Partial<Account>;
  readonly relation?: RelationToHead;
  readonly father?: string;
  readonly mother?: string;
  readonly spouse?: string;
  readonly career?: Career;
  readonly maritalStatus?: Person['maritalStatus'];
  readonly draft?: (draft: Draft) => Draft;
  readonly tell?: (story: Story) => readonly LifeEvent[];
  readonly person?: (person: Person, story: Story) => Person;
}

/** People of one dwelling; the first is the head of the household. */
export interface FamilySpec {
  /** Code of the commune: of the old scheme when they moved in before 1/7/2025, else of the new. */
  readonly ward: string;
  readonly line: string;
  readonly since: Day;
  readonly members: readonly Spec[];
}

/** A life without some kinds of events. */
export const without = (events: readonly LifeEvent[], ...kinds: readonly LifeEvent['kind'][]): LifeEvent[] =>
  events.filter((event) => !kinds.includes(event.kind));

/** A household of one. */
export const alone = (ward: string, line: string, since: string, member: Spec): FamilySpec => ({
  ward,
  line,
  since,
  members: [member],
});
