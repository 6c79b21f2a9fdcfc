import { roughly } from './rough-shape.ts';
import type { AnsweredFacts, AttestedRead, ClientFacts, FactKey } from './facts.ts';
import type { Notice } from './notices.ts';

const { text, textOrNull, flag, texts, oneOf, orNull, listOf, record } = roughly;

const purpose = record({
  code: text,
  scopes: texts,
  legalBasis: oneOf('CONSENT', 'STATUTE'),
  legalReference: textOrNull,
});
const client = record({ clientId: text, isFirstParty: flag, purpose: orNull(purpose) });
const account = record({
  level: oneOf(1, 2),
  state: oneOf('NOT_ACTIVATED', 'ACTIVE', 'LOCKED', 'CANCELLED'),
});
const person = record({
  citizenId: text,
  bornOn: text,
  lifeStatus: oneOf('ALIVE', 'DECEASED', 'DECLARED_DEAD', 'MISSING'),
  account: orNull(account),
});
const term = { relation: text, basis: text, validFrom: text, validTo: textOrNull };
const grant = record({
  grantId: text,
  scopes: texts,
  validFrom: text,
  validTo: textOrNull,
  isOneTime: flag,
  usedByOperation: textOrNull,
  status: oneOf('ACTIVE', 'WITHDRAWN'),
  givenBy: text,
  givenAs: oneOf('SELF', 'GUARDIAN'),
  childConsentedAt: textOrNull,
  readerId: textOrNull,
});
const emergency = record({ accessId: text, scopes: texts, beganAt: text, endsAt: text });
const subjectFacts = {
  client: orNull(client),
  subject: orNull(person),
  links: listOf(record({ representative: person, ...term })),
  grants: listOf(grant),
  emergencies: listOf(emergency),
  isFresh: record({ population: flag, dependants: flag }),
};
const isAge = (value: unknown): boolean => Number.isFinite(value) && Number(value) >= 0;
const dependant = record({ subject: text, facts: record(subjectFacts) });
const facts = record({ ...subjectFacts, dependants: listOf(dependant), ageMs: isAge });
const personNotice = record({ kind: oneOf('person'), person, personalIds: texts });
const linkNotice = record({
  kind: oneOf('link'),
  recordId: text,
  dependantId: text,
  representativeId: text,
  link: record(term),
  isDeleted: flag,
});
const notice = record({
  noticeId: text,
  version: Number.isSafeInteger,
  body: (value) => personNotice(value) || linkNotice(value),
});
const key = record({ subject: text, clientId: text, purpose: textOrNull, callerId: text });

/** Whether what another process sent has the shape it should have; what has not is garbage and is never used. */
export const isFactKeys = (value: unknown): value is readonly FactKey[] => listOf(key)(value);
const attestedRead = record({ key, clockId: text, atMs: Number.isFinite, facts: record(subjectFacts) });
export const isAttestedRead = (value: unknown): value is AttestedRead => attestedRead(value);
export const isFactsList = (value: unknown): value is readonly AnsweredFacts[] => listOf(facts)(value);
export const isClientOrNull = (value: unknown): value is ClientFacts | null => orNull(client)(value);
export const isNotices = (value: unknown): value is readonly Notice[] => listOf(notice)(value);
export const isTexts = (value: unknown): value is readonly string[] => texts(value);
