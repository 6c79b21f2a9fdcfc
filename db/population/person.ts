/**
 * The synthetic population as facts of life: who exists, who is related to whom, what happened to them.
 * Agencies turn these facts into their own rows, so that what they hold agrees without their ever meeting.
 */

import type { LifeEvent } from './life-event.ts';
import type { Address, Coded, Day, PartialDay, PersonName, PersonRef, Sex, Unit } from './terms.ts';

export type * from './life-event.ts';
export type * from './terms.ts';

/** A number a person is or was known by. Exactly one identifier is current: type `PERSONAL_ID` with `validTo: null`. */
export interface Identifier {
  readonly type: 'PERSONAL_ID' | 'CMND9' | 'CANCELLED_PERSONAL_ID' | 'PASSPORT' | 'FOREIGNER_ID';
  readonly value: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

export type RelationToHead =
  | 'HEAD'
  | 'SPOUSE'
  | 'CHILD'
  | 'ADOPTED_CHILD'
  | 'PARENT'
  | 'ADOPTIVE_PARENT'
  | 'GRANDPARENT'
  | 'GRANDCHILD'
  | 'SIBLING'
  | 'AUNT_UNCLE'
  | 'NIECE_NEPHEW'
  | 'GUARDIAN'
  | 'WARD'
  | 'LODGER'
  | 'TENANT'
  | 'BORROWER'
  | 'OTHER';

/** How far a category is integrated into the e-ID (Law 118/2025/QH15). */
export type IntegrationStatus = 'NOT_REQUESTED' | 'PENDING' | 'INTEGRATED' | 'MISMATCH' | 'NOT_FOUND';

export type Category =
  | 'residence'
  | 'idCards'
  | 'dependants'
  | 'drivingLicences'
  | 'vehicles'
  | 'healthInsurance'
  | 'socialInsurance'
  | 'healthRecords';

export interface Account {
  readonly level: 1 | 2;
  readonly state: 'NOT_ACTIVATED' | 'ACTIVE' | 'LOCKED' | 'CANCELLED';
  readonly lockCause: 'OWN_REQUEST' | 'BREACH_OF_TERMS' | 'CARD_REVOKED' | 'DEATH' | null;
  readonly registeredOn: Day;
  readonly phone: string | null;
}

export interface Person {
  /** Opaque UUID, the only key agencies share. */
  readonly citizenId: string;
  /** Kebab-case; `null` for everybody but the named personas. */
  readonly persona: string | null;
  readonly name: PersonName;
  readonly otherNames: readonly string[];
  readonly sex: Sex;
  /** As recorded; may be a year only. */
  readonly dateOfBirth: PartialDay;
  /** The day the events reckon with. */
  readonly bornOn: Day;
  readonly diedOn: Day | null;
  readonly lifeStatus: 'ALIVE' | 'DECEASED' | 'DECLARED_DEAD' | 'MISSING';
  readonly identifiers: readonly Identifier[];
  readonly nationality: Coded;
  readonly ethnicity: Coded;
  readonly religion: Coded | null;
  readonly maritalStatus: 'SINGLE' | 'MARRIED' | 'DIVORCED' | 'WIDOWED';
  readonly bloodType: string | null;
  /** Nơi đăng ký khai sinh and quê quán: different facts, in the scheme of the time. `null` for foreigners. */
  readonly placeOfBirthRegistration: Unit | null;
  readonly hometown: Unit | null;
  readonly father: PersonRef | null;
  readonly mother: PersonRef | null;
  readonly spouse: PersonRef | null;
  readonly account: Account | null;
  /** Categories not named are `INTEGRATED` when the account has level 2, else `NOT_REQUESTED`. */
  readonly integration: Partial<Record<Category, IntegrationStatus>>;
  /** What an agency wrote down differently (tone marks, birth date): cross-agency mismatches. */
  readonly recordedAs: Partial<
    Record<Category, { readonly fullName?: string; readonly dateOfBirth?: PartialDay }>
  >;
  readonly events: readonly LifeEvent[];
}

export interface HouseholdMember {
  readonly person: Person;
  readonly relationToHead: RelationToHead;
  readonly since: Day;
}

/** People registered at one dwelling. Every person is a member of exactly one household. */
export interface Household {
  /** From 0; households 0…p−1 hold the personas. */
  readonly index: number;
  /** Stable identifier (UUID). */
  readonly householdId: string;
  /** Old paper book number; `null` for households made after 2022. */
  readonly bookNo: string | null;
  readonly dwelling: Address;
  readonly members: readonly HouseholdMember[];
}

/** What a population is a function of. */
export interface PopulationPlan {
  readonly seed: number;
  /** Ordinary citizens; the personas come on top. */
  readonly citizens: number;
  /** The day the facts are told on. */
  readonly asOf: Day;
}
