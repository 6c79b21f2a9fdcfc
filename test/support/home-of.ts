import { households, type Household, type Person } from '#db/population';
import { testAsOf } from './agency-under-test.ts';

/** The id of the n-th made-up citizen. */
export const citizenIdOf = (number: number): string =>
  `00000000-0000-8000-a000-${String(number).padStart(12, '0')}`;

/** The personal number of every made-up citizen. */
export const testPersonalId = '099191000001';

const ordinary: Partial<Person> = {
  name: { surname: 'Nguyễn', middle: 'Thị', given: 'Hòa' },
  sex: 'FEMALE',
  dateOfBirth: '1991-05-20',
  bornOn: '1991-05-20',
  identifiers: [{ type: 'PERSONAL_ID', value: testPersonalId, validFrom: '2021-01-01', validTo: null }],
  account: { level: 2, state: 'ACTIVE', lockCause: null, registeredOn: '2023-01-01', phone: null },
  events: [],
};

/** A household of people who are alike but for what is given; their ids count from `first`. */
export function homeOf(people: readonly Partial<Person>[], first = 1): Household {
  const [template] = [...households({ seed: 3, citizens: 1, asOf: testAsOf })].slice(-1);
  const [member] = template?.members ?? [];
  if (!template || !member) throw new Error('The population is empty.');
  const members = people.map((given, index) => ({
    ...member,
    person: { ...member.person, ...ordinary, ...given, citizenId: citizenIdOf(first + index) },
  }));
  return { ...template, members };
}
