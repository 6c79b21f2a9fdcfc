import type { Person, Random } from '#db/population';
import type { AddRow, provenanceOf } from '#kit';

/** What the entries of one person's record have in common. */
export interface Entries {
  readonly person: Person;
  readonly bornOn: string;
  /** Nothing is told after it: the death, else the day of the population. */
  readonly end: string;
  readonly age: number;
  readonly openedOn: string;
  readonly random: Random;
  readonly add: AddRow;
  /** Key, labels and provenance of entry number `entryNumber` of a list. */
  readonly head: (entryNumber: number, compartments: string[]) => EntryHead;
}

/** Key, labels and provenance of an entry. */
export type EntryHead = ReturnType<typeof provenanceOf> & {
  readonly citizenId: string;
  readonly entryNumber: number;
  readonly compartments: string[];
};
