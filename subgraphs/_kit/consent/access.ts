import type { Decision, DecisionRecord, MarkScope, Need } from '#schema';

/** What one caller may see, in one request to one agency. */
export interface Access {
  /** The decision; never rejects: what cannot be decided is refused. One register read per request and 100 subjects. */
  decide(subject: string, need: Need): Promise<Decision>;
  /** Notes that a response path rests on the decision about the subject (`null`: nobody was found). */
  note(path: string, subject: string | null, scope: MarkScope, decision: Decision): void;
  /** The compartments of the subject's health records that the caller may see, in alphabetical order: `['HIV', …]`. */
  compartmentsOf(subject: string): Promise<readonly string[]>;
  /** Everything decided so far, for `extensions.decisions`. */
  records(): readonly DecisionRecord[];
}
