import { personaHouseholds, type Household, type Person, type Visit } from '#db/population';
import { testAsOf } from '../../support/agency-under-test.ts';

const households = personaHouseholds(testAsOf);
const members = households.flatMap((household) => household.members);

/** The persona of that name; a name nobody has is a fault of the test. */
export function personOf(persona: string): Person {
  const found = members.find(({ person }) => person.persona === persona);
  if (!found) throw new Error('No persona has this name.');
  return found.person;
}

export const idOf = (persona: string): string => personOf(persona).citizenId;

/** The household of a persona. */
export const householdOf = (persona: string): Household => {
  const { citizenId } = personOf(persona);
  return households.find((household) =>
    household.members.some(({ person }) => person.citizenId === citizenId),
  )!;
};

export const visitsOf = ({ events }: Person): readonly Visit[] =>
  events.filter((event) => event.kind === 'VISITED');

/** A persona alone in a household, told differently. */
export function tell(persona: string, changes: Partial<Person>): Household {
  const household = householdOf(persona);
  const member = household.members.find(({ person }) => person.persona === persona)!;
  return { ...household, members: [{ ...member, person: { ...member.person, ...changes } }] };
}

export const unknownId = '00000000-0000-4000-8000-000000000000';
