import type { LinkFacts, PersonFacts } from './facts.ts';

/** Agencies whose changes the register must know of. */
export const feedNames = ['population', 'dependants'] as const;
export type FeedName = (typeof feedNames)[number];

/**
 * A person as `population` holds them now. `personalIds`: every number that leads to them; without any the person is not
 * held any more, whatever else the notice says.
 */
export interface PersonNotice {
  readonly kind: 'person';
  readonly person: PersonFacts;
  readonly personalIds: readonly string[];
}

/** A representation as `dependants` holds it now. */
export interface LinkNotice {
  readonly kind: 'link';
  readonly recordId: string;
  readonly dependantId: string;
  readonly representativeId: string;
  /** Relation, basis and days; `isDeleted`: the record is gone. */
  readonly link: Omit<LinkFacts, 'representative'>;
  readonly isDeleted: boolean;
}

/** A change that the register must apply. `version` grows with every change of the same record; older ones are skipped. */
export interface Notice {
  readonly noticeId: string;
  readonly version: number;
  readonly body: PersonNotice | LinkNotice;
}

/** Notices in one answer at most. */
export const maxNotices = 500;

/**
 * The changes of one agency that the register has not acknowledged, oldest first, at most 500. The call acknowledges
 * those of earlier calls. A change is in the next answer after its commit, however it was made. Rejects when the agency
 * does not answer or its signature is not right.
 */
export type ReadNotices = (acknowledged: readonly string[]) => Promise<readonly Notice[]>;
