/** A calendar day in Việt Nam, ISO 8601 `YYYY-MM-DD`. */
export type Day = string;
/** A calendar month, ISO 8601 `YYYY-MM`. */
export type Month = string;
/** A day, a month or a year, ISO 8601: the birth dates of old people may be known to the year only. */
export type PartialDay = string;
/** An instant, ISO 8601 with the offset `+07:00`. */
export type Instant = string;

/** A code of a national catalogue and its Vietnamese name. */
export interface Coded {
  readonly code: string;
  readonly name: string;
}

/** An administrative unit in the scheme of its time: three tiers until 30/6/2025, two since 1/7/2025. */
export interface Unit {
  readonly scheme: 'PRE_2025_07' | 'POST_2025_07';
  /** Official five-digit ward code. */
  readonly ward: Coded;
  /** Only in the old scheme. */
  readonly districtName: string | null;
  /** Two-digit province code of the same scheme. */
  readonly province: Coded;
}

/** An address as it was registered, with today's unit beside it. */
export interface Address {
  readonly line: string;
  readonly unit: Unit;
  /** The unit of the new scheme; `null` when the old ward was split among several or is not mapped. */
  readonly normalised: Unit | null;
  readonly mappingStatus: 'EXACT' | 'SPLIT_AMBIGUOUS' | 'UNMAPPED';
}

export type Sex = 'MALE' | 'FEMALE';

export interface PersonName {
  readonly surname: string;
  readonly middle: string | null;
  readonly given: string;
}

/** Enough to name another person without holding them. */
export interface PersonRef {
  readonly citizenId: string;
  readonly fullName: string;
  readonly personalId: string;
  readonly sex: Sex;
  readonly dateOfBirth: PartialDay;
}
