import { randomBytes, randomUUID } from 'node:crypto';
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { personaHouseholds, type Household, type Person } from '#db/population';
import { createFactsReader, startAgencyService, type AgencyService } from '#kit';
import { agencyNames, type AgencyName } from '#schema';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { loadAgency } from '../../subgraphs/registry.ts';
import { testAsOf, testNow } from '../support/agency-under-test.ts';
import { statuteRegister, testOfficer } from '../support/callers.ts';

/** Agencies that hold rows about a citizen under a scope of their own. */
const holders = agencyNames.filter((name) => (name as string) !== 'consent');
const required: Readonly<Record<string, string>> = { issuedOn: `"${testAsOf}"` };

function selectField(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  above: readonly string[],
): string {
  const type = getNamedType(field.type);
  const needed = field.args.filter(isRequiredArgument).map(({ name }) => `${name}: ${required[name]}`);
  const args = needed.length === 0 ? '' : `(${needed.join(', ')})`;
  if (!isCompositeType(type)) return `${field.name}${args}`;
  if (type.name === 'Citizen') return `${field.name}${args} { id }`;
  return above.includes(type.name) ? '' : `${field.name}${args} ${selectAll(schema, type.name, above)}`;
}

/** Every field of a type and below, but for types that contain themselves. */
function selectAll(schema: GraphQLSchema, name: string, above: readonly string[] = []): string {
  const type = schema.getType(name);
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  return `{ ${fields.map((field) => selectField(schema, field, [...above, name])).join(' ')} }`;
}

const callerKey = randomBytes(32);
const tokens = createCallerTokens({ keyOf: () => callerKey, nowSeconds: () => testNow.getTime() / 1000 });
const services = new Map<AgencyName, AgencyService>();
beforeAll(async () => {
  const clockMs = () => performance.now();
  for (const name of holders) {
    const reader = createFactsReader(statuteRegister(), { clockMs });
    const options = {
      databaseUrl: inject('agencyUrls')[name],
      now: () => testNow,
      clockMs,
      callerKey,
      reader,
    };
    services.set(name, await startAgencyService(await loadAgency(name), options));
  }
});
afterAll(() => Promise.all([...services.values()].map((service) => service.close())));

async function askAll(name: AgencyName, ids: readonly string[]): Promise<readonly unknown[]> {
  const service = services.get(name)!;
  const result = await service.handle({
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Citizen ${selectAll(service.schema, 'Citizen')} } }`,
    variables: { representations: ids.map((id) => ({ __typename: 'Citizen', id })) },
    callerToken: tokens.sign(name, testOfficer, randomUUID()),
  });
  expect(result.errors).toBeUndefined();
  return result.data?.['_entities'] as readonly unknown[];
}

const nameOf = ({ name: { surname, middle, given } }: Person): string =>
  [surname, middle, given].filter((part) => part !== null).join(' ');
const textsOf = (person: Person): string[] => [
  nameOf(person),
  ...Object.values(person.recordedAs).flatMap((recorded) => recorded?.fullName ?? []),
  ...person.identifiers.map(({ value }) => value),
  ...(person.account?.phone ? [person.account.phone] : []),
];
const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** Everybody else a citizen's rows could name: the household, the family, hosts, owners before. */
function othersOf(person: Person, { members }: Household): string[] {
  const family = [person.father, person.mother, person.spouse];
  const met = person.events.flatMap((event) => {
    if (event.kind === 'RESIDED') return event.hostName ?? [];
    return 'previousOwner' in event ? event.previousOwner : [];
  });
  const named = [...family, ...met].flatMap((each) => {
    if (each === null) return [];
    return typeof each === 'string' ? [each] : [each.fullName, each.personalId];
  });
  const household = members.flatMap((member) => (member.person === person ? [] : textsOf(member.person)));
  const own = new Set([...textsOf(person), ...person.otherNames].map(fold));
  return [...household, ...named].map(fold).filter((text) => !own.has(text));
}

const told = personaHouseholds(testAsOf).flatMap((household) =>
  household.members
    .filter(({ person }) => person.persona !== 'heavy-record')
    .map(({ person }) => ({ person, others: othersOf(person, household) })),
);

describe('other people inside the data of a citizen', () => {
  test('there are some to be named', () => {
    expect(told.filter(({ others }) => others.length > 0).length).toBeGreaterThan(20);
  });

  test.each(holders)('%s names nobody else in full, neither by name nor by number', async (name) => {
    const ids = told.map(({ person }) => person.citizenId);
    const answers: unknown[] = [];
    for (let from = 0; from < ids.length; from += 50)
      answers.push(...(await askAll(name, ids.slice(from, from + 50))));
    const found = told.flatMap(({ person, others }, index) => {
      const text = fold(JSON.stringify(answers[index]));
      return others.filter((other) => text.includes(other)).map((other) => `${nameOf(person)}: ${other}`);
    });
    expect(found).toEqual([]);
    expect(answers.filter((answer) => answer !== null).length).toBe(ids.length);
  });
});
