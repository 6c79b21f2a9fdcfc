import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullNameOf, households, type Person } from '#db/population';
import { dependants } from '../../../subgraphs/dependants/index.ts';
import { isListed } from '../../../subgraphs/dependants/representation.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';
import { blankPerson, dependant, householdOf, representedBy } from './family.ts';

/** testAsOf is 2026-11-01, noon in Việt Nam. */
const mother = blankPerson(0, {
  account: { level: 2, state: 'ACTIVE', lockCause: null, registeredOn: '2023-01-01', phone: null },
});
const father = blankPerson(1, { integration: { dependants: 'PENDING' } });
const grandmother = blankPerson(2, { diedOn: '2026-10-01' });
const courtGuardian = blankPerson(3);
const wardProvided = {
  basis: 'GUARDIAN_BY_COURT',
  documentNo: '12/2021/QĐST-VDS',
  from: '2021-06-01',
} as const;

const youngest = dependant(4, '2020-02-02', [
  representedBy(mother, { from: '2020-02-05' }),
  representedBy(father, { from: '2020-02-05', to: '2026-11-01' }),
]);
const almost14 = dependant(5, '2012-11-02', [representedBy(mother), representedBy(father)]);
const just14 = dependant(6, '2012-11-01', [representedBy(mother), representedBy(father)]);
const incapacitated = dependant(7, '1980-01-01', [
  representedBy(courtGuardian, { relation: 'WARD_ADULT_INCAPACITATED', ...wardProvided }),
]);
const cognitive = dependant(8, '1990-01-01', [
  representedBy(courtGuardian, { relation: 'WARD_ADULT_COGNITIVE', ...wardProvided }),
]);
const orphan = dependant(9, '2016-01-01', [
  representedBy(grandmother, {
    relation: 'GRANDCHILD',
    basis: 'GUARDIAN_BY_LAW',
    documentNo: '7/2020',
    from: '2020-01-01',
  }),
]);
const homes = [
  householdOf(0, [mother, father, youngest, almost14, just14]),
  householdOf(1, [incapacitated, cognitive]),
  householdOf(2, [courtGuardian]),
  householdOf(3, [grandmother, orphan]),
];

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(dependants, { households: homes });
});
afterAll(() => agency.close());

const everything = `
  dependants {
    relation basis documentNo registeredBy validFrom validTo listingEndsOn scope verifiedWithNpd verifiedAt
    citizen { id } source { agency asOf integrationStatus }
  }
  representatives {
    guardian { maskedName } relation basis documentNo registeredBy validFrom validTo representationEndsOn scope
    verifiedWithNpd verifiedAt source { agency asOf integrationStatus }
  }`;

async function ask(person: Person, selection = everything) {
  const { data, errors } = await agency.entities([person.citizenId], selection);
  expect(errors).toBeUndefined();
  return data._entities[0];
}

const idsOf = (list: readonly { citizen: { id: string } }[]) => list.map(({ citizen }) => citizen.id);

describe('dependants', () => {
  test.each<[string, Person, readonly Person[]]>([
    [
      'a mother: two children, the eldest first; the one who is 14 today is gone',
      mother,
      [almost14, youngest],
    ],
    ['a father whose custody of one was ended today', father, [almost14]],
    ['a court guardian in another household: adult wards', courtGuardian, [incapacitated, cognitive]],
    ['a guardian who has died', grandmother, []],
    ['a child', youngest, []],
  ])('%s', async (_, person, expected) => {
    const { dependants: list } = await ask(person);
    expect(idsOf(list)).toEqual(expected.map(({ citizenId }) => citizenId));
  });

  test('tell what is known of the link', async () => {
    const { dependants: list } = await ask(mother);
    expect(list[1]).toEqual({
      relation: 'CHILD_BIOLOGICAL',
      basis: 'PARENTAL',
      documentNo: null,
      registeredBy: 'UBND Phường Ba Đình',
      validFrom: '2020-02-05',
      validTo: null,
      listingEndsOn: '2034-02-02',
      scope: ['CARE_AND_EDUCATION', 'CIVIL_TRANSACTIONS', 'PROPERTY', 'LEGAL_PROTECTION'],
      verifiedWithNpd: true,
      verifiedAt: '2021-07-01T02:00:00.000Z',
      citizen: { id: youngest.citizenId },
      source: { agency: 'dependants', asOf: '2026-10-31T17:00:00.000Z', integrationStatus: 'INTEGRATED' },
    });
  });

  test('a link that is still being checked is not verified', async () => {
    const { dependants: list } = await ask(father);
    expect(list[0]).toMatchObject({ verifiedWithNpd: false, verifiedAt: null });
    expect(list[0].source.integrationStatus).toBe('PENDING');
  });

  test('adult wards: decision, no end by age, scope by law or by the court', async () => {
    const { dependants: list } = await ask(courtGuardian);
    expect(list[0]).toMatchObject({
      basis: 'GUARDIAN_BY_COURT',
      documentNo: '12/2021/QĐST-VDS',
      listingEndsOn: null,
    });
    expect(list[0].scope[0]).toBe('CARE_AND_TREATMENT');
    expect(list[1].scope).not.toContain('CARE_AND_TREATMENT');
  });
});

describe('representatives', () => {
  test.each<[string, Person, readonly Person[]]>([
    ['a child whose father lost custody today', youngest, [mother]],
    ['a child of 14: still represented, though no longer listed', just14, [mother, father]],
    ['an adult ward', cognitive, [courtGuardian]],
    ['a ward whose guardian has died', orphan, []],
    ['an adult', mother, []],
  ])('%s', async (_, person, expected) => {
    const { representatives } = await ask(person);
    expect(representatives).toHaveLength(expected.length);
  });

  test('a guardian is masked: neither the name nor an id or number leaves', async () => {
    const answer = JSON.stringify(await ask(just14));
    for (const { citizenId, identifiers, name } of [mother, father]) {
      expect(answer).not.toContain(citizenId);
      expect(answer).not.toContain(fullNameOf(name).normalize('NFC'));
      expect(answer).not.toContain(name.given.normalize('NFC'));
      for (const { value } of identifiers) expect(answer).not.toContain(value);
    }
    const [first] = (await ask(just14)).representatives;
    expect(first.guardian.maskedName).toMatch(/^(\p{L}\*+ ?)+$/u);
    expect(first).toMatchObject({ representationEndsOn: '2030-11-01', relation: 'CHILD_BIOLOGICAL' });
  });

  test('stand under the child’s own source', async () => {
    const { representatives } = await ask(youngest);
    expect(representatives[0].source.integrationStatus).toBe('NOT_REQUESTED');
  });
});

describe('time', () => {
  test.each([
    ['2026-11-01T16:59:59Z', [almost14, youngest]],
    ['2026-11-01T17:00:00Z', [youngest]],
    ['2034-02-01T16:59:59Z', [youngest]],
    ['2034-02-01T17:00:00Z', []],
  ] as const)('at %s the day of Việt Nam decides', async (now, expected) => {
    const later = await startAgencyUnderTest(dependants, { households: homes, now: new Date(now) });
    const { data } = await later.entities([mother.citizenId], 'dependants { citizen { id } }');
    await later.close();
    expect(idsOf(data._entities[0].dependants)).toEqual(expected.map(({ citizenId }) => citizenId));
  });
});

describe('ids', () => {
  test('a citizen nobody knows has nobody', async () => {
    const { data, errors } = await agency.entities(['00000000-0000-8000-8000-000000000000'], everything);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ dependants: [], representatives: [] }]);
  });

  test.each(['', '1', 'x'.repeat(36), "' or true --"])(
    'an id that cannot be one (%j) gives null and no SQL',
    async (id) => {
      agency.statements.length = 0;
      const { data, errors } = await agency.entities([id], everything);
      expect(errors).toBeUndefined();
      expect(data._entities).toEqual([null]);
      expect(agency.statements).toEqual([]);
    },
  );
});

describe('a crowd', () => {
  const crowd = [...households({ seed: 3, citizens: 300, asOf: testAsOf })];
  const people = crowd.flatMap(({ members }) => members.map(({ person }) => person));
  let town: Awaited<ReturnType<typeof startAgencyUnderTest>>;
  beforeAll(async () => {
    town = await startAgencyUnderTest(dependants, { households: crowd });
  });
  afterAll(() => town.close());

  test.each([1, 2, 100])('%i citizens: one statement per category', async (count) => {
    town.statements.length = 0;
    const { errors } = await town.entities(
      people.slice(0, count).map(({ citizenId }) => citizenId),
      everything,
    );
    expect(errors).toBeUndefined();
    expect(town.statements).toHaveLength(2);
  });

  test('each gets their own: the lists agree with the facts of every person', async () => {
    const expected = new Map<string, Set<string>>(people.map(({ citizenId }) => [citizenId, new Set()]));
    for (const { citizenId, bornOn, diedOn, events } of people)
      for (const event of events)
        if (event.kind === 'REPRESENTED') {
          const { relation, basis, from: validFrom, to } = event;
          const link = { relation, basis, bornOn, validFrom, validTo: to ?? diedOn };
          if (isListed(link, testAsOf)) expected.get(event.guardian.citizenId)?.add(citizenId);
        }
    const dead = new Set(people.filter(({ diedOn }) => diedOn !== null).map(({ citizenId }) => citizenId));
    const { data } = await town.everybody(
      people.map(({ citizenId }) => citizenId),
      'dependants { citizen { id } }',
    );
    const found = data._entities.map(
      ({ dependants: list }: { dependants: { citizen: { id: string } }[] }) => new Set(idsOf(list)),
    );
    expect(found).toEqual(
      people.map(({ citizenId }) => (dead.has(citizenId) ? new Set() : expected.get(citizenId))),
    );
    expect([...expected.values()].some((set) => set.size > 0)).toBe(true);
  });
});
