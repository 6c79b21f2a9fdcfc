import { households, refOf, type Household, type LifeEvent, type Person } from '#db/population';
import { testAsOf } from '../../support/agency-under-test.ts';

type Represented = Extract<LifeEvent, { kind: 'REPRESENTED' }>;

/** Twelve different ordinary people to give lives to. */
const people: readonly Person[] = [...households({ seed: 11, citizens: 12, asOf: testAsOf })]
  .flatMap(({ members }) => members.map(({ person }) => person))
  .filter(({ persona }) => persona === null);

/** An ordinary person without a life of their own; `number` tells them apart. */
export function blankPerson(number: number, facts: Partial<Person> = {}): Person {
  const person = people[number];
  if (!person) throw new RangeError('There are twelve people.');
  return { ...person, diedOn: null, integration: {}, recordedAs: {}, ...facts, events: facts.events ?? [] };
}

/** A link to a guardian: a parent's, unless told otherwise. */
export function representedBy(guardian: Person, facts: Partial<Represented> = {}): Represented {
  const parental = { relation: 'CHILD_BIOLOGICAL', basis: 'PARENTAL', documentNo: null } as const;
  const registered = { registeredBy: 'UBND Phường Ba Đình', from: '2015-01-01', to: null };
  return { kind: 'REPRESENTED', guardian: refOf(guardian), ...parental, ...registered, ...facts };
}

/** Someone represented by these links. */
export function dependant(number: number, bornOn: string, events: readonly Represented[]): Person {
  return blankPerson(number, { bornOn, dateOfBirth: bornOn, account: null, events });
}

/** People at one dwelling. */
export function householdOf(index: number, members: readonly Person[]): Household {
  const [home] = [...households({ seed: 11, citizens: 1, asOf: testAsOf })];
  if (!home) throw new RangeError('No household.');
  const named = members.map((person) => ({ person, relationToHead: 'OTHER' as const, since: '2020-01-01' }));
  return { ...home, index, members: named };
}
