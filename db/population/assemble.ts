import { addYears, ageOn, dayText } from './calendar.ts';
import { chanceOf, type Draft } from './draft.ts';
import { passportOf } from './identity.ts';
import { drawIntegration } from './integration.ts';
import type { Identifier, LifeEvent, Person, PersonRef } from './person.ts';

/** When something happened or began, for sorting. */
export function beginningOf(event: LifeEvent): string {
  switch (event.kind) {
    case 'DOCUMENT_ISSUED':
    case 'POINTS_DEDUCTED':
    case 'VEHICLE_REGISTERED':
      return event.on;
    case 'LICENSED':
      return event.passedOn;
    case 'VISITED':
      return event.admittedAt;
    case 'RESIDED':
    case 'REPRESENTED':
    case 'STUDIED':
    case 'EMPLOYED':
    case 'BENEFIT_GRANTED':
    case 'INSURED':
      return event.from;
  }
}

/** Oldest first; what began on one day stays in the order it was told. */
export function sortEvents(events: readonly LifeEvent[]): LifeEvent[] {
  const keyed = events.map((event) => ({ event, key: beginningOf(event) }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return keyed.map((item) => item.event);
}

/** The numbers the documents gave: the personal number, since the population database has it, and the old CMND. */
function identifiersOf(draft: Draft, documents: readonly LifeEvent[]): Identifier[] {
  const issues = documents.filter((event) => event.kind === 'DOCUMENT_ISSUED');
  const old = issues.find((event) => event.documentType === 'CMND_9');
  const card = issues.find((event) => event.documentType !== 'CMND_9');
  const born = dayText(draft.born);
  const since = born >= '2016-01-01' ? born : (card?.on ?? '2016-01-01');
  const current: Identifier = {
    type: 'PERSONAL_ID',
    value: draft.personalId,
    validFrom: since,
    validTo: null,
  };
  if (!old) return [current];
  const validTo =
    card && card.on < '2025-01-01' ? card.on : dayText(draft.end) < '2025-01-01' ? null : '2025-01-01';
  return [current, { type: 'CMND9', value: old.number, validFrom: old.on, validTo }];
}

/** One ordinary adult in twelve has a passport of the last ten years. */
function passportsOf(draft: Draft): Identifier[] {
  if (draft.number < 0 || ageOn(draft.born, draft.end) < 18) return [];
  const random = chanceOf(draft, 'passport');
  if (!random.chance(0.08)) return [];
  const from = draft.end - random.int(0, Math.min(3600, draft.end - draft.born - 6570));
  const value = passportOf(draft.seed, draft.number);
  return [{ type: 'PASSPORT', value, validFrom: dayText(from), validTo: dayText(addYears(from, 10)) }];
}

/** Relatives of the same household, when they are known. */
export interface Kin {
  readonly father: PersonRef | null;
  readonly mother: PersonRef | null;
  readonly spouse: PersonRef | null;
}

/** A whole person of a draft and what happened to them. */
export function assemblePerson(draft: Draft, kin: Kin, events: readonly LifeEvent[]): Person {
  const {
    citizenId,
    persona,
    name,
    otherNames,
    sex,
    nationality,
    ethnicity,
    religion,
    maritalStatus,
    bloodType,
    account,
  } = draft;
  return {
    citizenId,
    persona,
    name,
    otherNames,
    sex,
    nationality,
    ethnicity,
    religion,
    maritalStatus,
    bloodType,
    account,
    dateOfBirth: dayText(draft.born),
    bornOn: dayText(draft.born),
    diedOn: draft.died === null ? null : dayText(draft.died),
    lifeStatus: draft.died === null ? 'ALIVE' : 'DECEASED',
    identifiers: [...identifiersOf(draft, events), ...passportsOf(draft)],
    placeOfBirthRegistration: draft.birthUnit,
    hometown: draft.hometown,
    ...kin,
    integration: drawIntegration(draft),
    recordedAs: {},
    events: sortEvents(events),
  };
}
