import type { Household, HouseholdMember, PopulationPlan } from '#db/population';
import { provenanceOf, recordedIdentityOf, type AgencyPopulation } from '#kit';
import { isOpen, registrationRowsOf } from './registrations.ts';
import { stayRowsOf } from './stays.ts';
import { residenceFiles, residenceRegistrations, stayNotifications, type OtherMember } from '../tables.ts';

type FileRow = typeof residenceFiles.$inferInsert;

const isRegistered = ({ person }: HouseholdMember): boolean =>
  person.events.some((event) => isOpen(event, 'PERMANENT') || isOpen(event, 'TEMPORARY'));

interface Named extends OtherMember {
  readonly citizenId: string;
}

const nameMember = ({ person, relationToHead, since }: HouseholdMember): Named => ({
  citizenId: person.citizenId,
  fullName: recordedIdentityOf(person, 'residence').fullName,
  relationToHead,
  since,
});

const nobody = {
  householdId: null,
  bookNumber: null,
  relationToHead: null,
  memberSince: null,
  headName: null,
  otherMembers: [],
} as const;

/** The household as it stands in the file of one of its people; nothing for somebody who was removed from it. */
function householdColumnsOf(household: Household, own: Named | undefined, registered: readonly Named[]) {
  if (!own) return nobody;
  const others = registered.filter((member) => member !== own);
  return {
    householdId: household.householdId,
    bookNumber: household.bookNo,
    relationToHead: own.relationToHead,
    memberSince: own.since,
    headName: others.find((member) => member.relationToHead === 'HEAD')?.fullName ?? null,
    otherMembers: others.map(({ fullName, relationToHead, since }) => ({ fullName, relationToHead, since })),
  };
}

function fileRowsOf(household: Household, plan: PopulationPlan): FileRow[] {
  const registered = household.members.filter(isRegistered).map(nameMember);
  return household.members.map(({ person }) => ({
    citizenId: person.citizenId,
    ...recordedIdentityOf(person, 'residence'),
    ...householdColumnsOf(
      household,
      registered.find(({ citizenId }) => citizenId === person.citizenId),
      registered,
    ),
    ...provenanceOf(person, 'residence', plan),
  }));
}

export const population: AgencyPopulation = {
  tables: [residenceFiles, residenceRegistrations, stayNotifications],
  addRows: (household, plan, add) => {
    for (const row of fileRowsOf(household, plan)) add(residenceFiles, row);
    for (const { person } of household.members) {
      for (const row of registrationRowsOf(person, plan)) add(residenceRegistrations, row);
      for (const row of stayRowsOf(person, plan)) add(stayNotifications, row);
    }
  },
};
