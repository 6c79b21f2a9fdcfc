import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { households, fullNameOf, type Person } from '#db/population';
import { population } from '../../../subgraphs/population/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';

const homes = [...households({ seed: 7, citizens: 400, asOf: testAsOf })];
const people: readonly Person[] = homes.flatMap((home) => home.members.map((member) => member.person));
const currentOf = (person: Person): string =>
  person.identifiers.find((each) => each.type === 'PERSONAL_ID' && each.validTo === null)?.value ?? '';

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(population, { households: homes });
});
afterAll(() => agency.close());

const one =
  'query ($personalId: PersonalId!) { citizen(personalId: $personalId) { id fullName personalId } }';
const many = 'query ($personalIds: [PersonalId!]!) { citizens(personalIds: $personalIds) { id } }';

describe('citizen(personalId:)', () => {
  test('answers for the current number and every former one with the same citizen', async () => {
    for (const person of people.slice(0, 60))
      for (const { value } of person.identifiers.filter((each) => /^(\d{12}|\d{9})$/.test(each.value))) {
        const { data, errors } = await agency.query(one, { personalId: value });
        expect(errors).toBeUndefined();
        expect(data.citizen).toEqual({
          id: person.citizenId,
          fullName: fullNameOf(person.name).normalize('NFC'),
          personalId: currentOf(person),
        });
      }
  });

  test('is null for a number nobody has', async () => {
    expect((await agency.query(one, { personalId: '099000000000' })).data).toEqual({ citizen: null });
  });

  test.each([
    '12345678',
    '1234567890',
    '12345678901',
    'abcdefghijkl',
    '０９９１２３４５６７８９',
    '099 123456789',
    99123456789,
  ])('refuses %j without repeating it', async (personalId) => {
    const answer = await agency.query(one, { personalId });
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.message).toContain('"$personalId"');
    expect(JSON.stringify(answer)).not.toContain(String(personalId));
  });

  test.each(['"12345678"', '99123456789', '["x"]', '{ a: 7654321 }', 'true'])(
    'refuses the literal %s by the name of the argument',
    async (literal) => {
      const answer = await agency.query(`{ citizen(personalId: ${literal}) { id } }`);
      expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(answer.errors?.[0]?.extensions.code);
      expect(answer.errors?.[0]?.message).toContain('"personalId"');
      expect(answer.errors?.[0]?.message).not.toMatch(/12345678|99123456789|7654321/);
    },
  );
});

describe('citizens(personalIds:)', () => {
  test('keeps the order, duplicates and gaps', async () => {
    const [first, second] = people.map(currentOf);
    const { data } = await agency.query(many, { personalIds: [second, '099000000000', first, second] });
    expect(data.citizens.map((citizen: { id: string } | null) => citizen?.id ?? null)).toEqual([
      people[1]?.citizenId,
      null,
      people[0]?.citizenId,
      people[1]?.citizenId,
    ]);
  });

  test.each([
    [100, undefined],
    [101, 'TOO_MANY_SUBJECTS'],
  ])('takes %i numbers with code %s', async (count, code) => {
    const answer = await agency.query(many, { personalIds: people.slice(0, count).map(currentOf) });
    expect(answer.errors?.[0]?.extensions.code).toBe(code);
  });
});

const allFields = `fullName surname middleName givenName otherNames dateOfBirth dateOfDeath sex personalIdWarnings
  nationality { code name } ethnicity { code name } religion { code } bloodType maritalStatus lifeStatus
  placeOfBirthRegistration { scheme ward { code name } districtName province { code name } } hometown { province { code } }
  identifiers { type value validFrom validTo source { agency } } family { kinship maskedName }
  account { level state lockCause registeredOn phone source { agency } } source { agency asOf integrationStatus }`;

describe('Citizen', () => {
  test('holds what the population tells of each person', async () => {
    const sample = people.slice(0, 100);
    const { data, errors } = await agency.entities(
      sample.map((person) => person.citizenId),
      allFields,
    );
    expect(errors).toBeUndefined();
    for (const [at, person] of sample.entries()) {
      const answer = data._entities[at];
      expect(answer).toMatchObject({
        dateOfBirth: person.dateOfBirth,
        sex: person.sex,
        lifeStatus: person.lifeStatus,
      });
      expect(answer.identifiers).toHaveLength(person.identifiers.length);
      expect(answer.account?.level ?? null).toBe(person.account?.level ?? null);
      expect(answer.source).toMatchObject({ agency: 'population', asOf: '2026-10-31T17:00:00.000Z' });
    }
  });

  test('shows family only masked', async () => {
    const person = people.find((each) => each.spouse !== null);
    const { data } = await agency.entities([person?.citizenId ?? ''], 'family { kinship maskedName }');
    const spouse = data._entities[0].family.find((each: { kinship: string }) => each.kinship === 'SPOUSE');
    expect(spouse.maskedName).toMatch(/^\p{L}\*{3}( \p{L}\*{3})*$/u);
    expect(spouse.maskedName).not.toBe(person?.spouse?.fullName);
  });

  test.each(['not-a-uuid', '00000000-0000-4000-8000-000000000000'])(
    'is empty for the unknown id %s',
    async (id) => {
      const { data, errors } = await agency.entities([id], 'fullName');
      expect(errors).toBeUndefined();
      expect(data._entities[0]?.fullName ?? null).toBeNull();
    },
  );

  test('costs the same two statements for 1 and for 100 citizens', async () => {
    const count = async (size: number): Promise<number> => {
      const before = agency.statements.length;
      await agency.entities(
        people.slice(0, size).map((person) => person.citizenId),
        allFields,
      );
      return agency.statements.length - before;
    };
    expect([await count(1), await count(100)]).toEqual([2, 2]);
  });
});
