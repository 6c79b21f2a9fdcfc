import { registeredClients, type Household, type Person, type RegisteredClient } from '#db/population';
import { firstDayOf, representationRecordOf, type AddRow, type AgencyPopulation } from '#kit';
import {
  accessReviews,
  clients,
  consentRequests,
  emergencyAccesses,
  grants,
  purposeNotices,
  purposes,
  recordSubjects,
  representations,
  subjectNumbers,
  subjects,
} from './tables/index.ts';

const status = 'ACTIVE';

function addClient({ purposes: registered, ...client }: RegisteredClient, add: AddRow): void {
  const { clientId, controller } = client;
  add(clients, { ...client, status });
  for (const { notices, scopes, ...purpose } of registered) {
    add(purposes, { clientId, controller, ...purpose, scopes: [...scopes], status });
    for (const { version, publishedOn, en, vi } of notices)
      add(purposeNotices, {
        clientId,
        purpose: purpose.code,
        version,
        publishedOn,
        textEn: en,
        textVi: vi,
      });
  }
}

/** The numbers that `population` finds people by. */
const isLookedUp = (value: string): boolean => /^(\d{12}|\d{9})$/.test(value);

function addSubject(person: Person, add: AddRow): void {
  const { citizenId, lifeStatus, account } = person;
  add(subjects, {
    citizenId,
    bornOn: firstDayOf(person.dateOfBirth),
    lifeStatus,
    accountLevel: account?.level ?? null,
    accountState: account?.state ?? null,
  });
  for (const { value } of person.identifiers)
    if (isLookedUp(value)) add(subjectNumbers, { value, citizenId });
}

function addRepresentations(person: Person, household: Household, add: AddRow): void {
  for (const event of person.events) {
    if (event.kind !== 'REPRESENTED') continue;
    const representativeId = event.guardian.citizenId;
    const guardian = household.members.find((each) => each.person.citizenId === representativeId)?.person;
    const record = representationRecordOf(person, guardian, event);
    add(representations, { citizenId: person.citizenId, representativeId, ...record });
  }
}

/** What the register knows of everybody as its feeds would have told it. Nobody has consented to anything. */
export const population: AgencyPopulation = {
  tables: [
    clients,
    purposes,
    purposeNotices,
    subjects,
    subjectNumbers,
    representations,
    consentRequests,
    grants,
    emergencyAccesses,
    accessReviews,
    recordSubjects,
  ],
  addReferenceRows: (_, add) => {
    for (const client of registeredClients) addClient(client, add);
  },
  addRows: (household, _, add) => {
    for (const { person } of household.members) {
      addSubject(person, add);
      addRepresentations(person, household, add);
    }
  },
};
