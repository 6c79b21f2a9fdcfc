import { personaHouseholds, type Person } from '#db/population';
import { currentPersonalIdOf } from '#kit';
import { testAsOf } from './agency-under-test.ts';

const people = new Map(
  personaHouseholds(testAsOf)
    .flatMap(({ members }) => members.map(({ person }) => person))
    .filter(({ persona }) => persona !== null)
    .map((person) => [person.persona as string, person]),
);

/** A named person of the tests' population. */
export function personaNamed(name: string): Person & { readonly personalId: string } {
  const person = people.get(name);
  if (!person) throw new Error(`There is no persona ${name}.`);
  return { ...person, personalId: currentPersonalIdOf(person) };
}

/** Living adults who can consent by themselves. */
export const consenters: readonly string[] = [...people]
  .filter(([, { account, lifeStatus, bornOn }]) => {
    const isAdult = bornOn < '2008-01-01';
    return isAdult && lifeStatus === 'ALIVE' && account?.level === 2 && account.state === 'ACTIVE';
  })
  .map(([name]) => name);
