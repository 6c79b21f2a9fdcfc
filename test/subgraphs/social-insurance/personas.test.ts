import { afterAll, beforeAll, expect, it } from 'vitest';
import { personaHouseholds, type Person } from '#db/population';
import { socialInsurance } from '../../../subgraphs/social-insurance/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';

const people = new Map(
  personaHouseholds(testAsOf).flatMap(({ members }) =>
    members.map(({ person }) => [person.persona, person] as const),
  ),
);
const personOf = (name: string): Person => {
  const person = people.get(name);
  if (!person) throw new Error(`No persona is called ${name}.`);
  return person;
};

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(socialInsurance);
});
afterAll(() => agency.close());

async function ask(name: string, selection: string) {
  const { data, errors } = await agency.entities(
    [personOf(name).citizenId],
    `socialInsurance { ${selection} }`,
  );
  expect(errors).toBeUndefined();
  return data._entities[0].socialInsurance;
}

it('nguyen-van-an has periods of all schemes of a job and a benefit', async () => {
  const found = await ask(
    'nguyen-van-an',
    'totalMonths totals { scheme } benefits { nodes { benefit } } arrears { lateMonths }',
  );
  expect(found.totalMonths).toBeGreaterThan(100);
  expect(found.totals.map(({ scheme }: { scheme: string }) => scheme)).toEqual([
    'SI_COMPULSORY',
    'UNEMPLOYMENT',
    'OCC_ACCIDENT',
    'HEALTH',
  ]);
  expect(found.benefits.nodes).not.toEqual([]);
  expect(found.arrears).toEqual([]);
});

it('late-employer owes months at two units, and they do not count', async () => {
  const found = await ask(
    'late-employer',
    'totalMonths arrearsMonths arrears { lateMonths unpaidMonths } totals { scheme paidMonths }',
  );
  const [late, unpaid] = [0, 1].map((at) =>
    found.arrears.reduce(
      (sum: number, each: Record<string, number>) => sum + (each[at ? 'unpaidMonths' : 'lateMonths'] ?? 0),
      0,
    ),
  );
  expect(late).toBeGreaterThan(0);
  expect(unpaid).toBeGreaterThan(0);
  expect(found.arrearsMonths).toBe((late ?? 0) + (unpaid ?? 0));
  expect(found.totals[0]).toEqual({ scheme: 'SI_COMPULSORY', paidMonths: found.totalMonths });
});

it('lump-sum-withdrawn has withdrawn months, reserved ones, and the payment', async () => {
  const found = await ask(
    'lump-sum-withdrawn',
    'totalMonths totals { withdrawnMonths reservedMonths } benefits { nodes { benefit isOngoing } }',
  );
  const sumOf = (field: string): number =>
    found.totals.reduce((sum: number, total: Record<string, number>) => sum + (total[field] ?? 0), 0);
  expect(sumOf('withdrawnMonths')).toBeGreaterThan(0);
  expect(found.totalMonths).toBe(sumOf('reservedMonths'));
  expect(found.benefits.nodes).toEqual([{ benefit: 'LUMP_SUM', isOngoing: false }]);
});

it('pensioner draws a monthly pension', async () => {
  const { benefits } = await ask('pensioner', 'benefits { nodes { benefit isMonthly isOngoing } }');
  expect(benefits.nodes).toContainEqual({ benefit: 'RETIREMENT', isMonthly: true, isOngoing: true });
});

it('birth-date-mismatch is recorded with another birth date', async () => {
  const { dateOfBirth } = await ask('birth-date-mismatch', 'dateOfBirth');
  expect(dateOfBirth).not.toBe(personOf('birth-date-mismatch').dateOfBirth);
});

it.each(['newborn', 'child-6', 'ward-adult'])('%s never took part', async (name) => {
  expect(await ask(name, 'totalMonths')).toBeNull();
});

it('answers for every persona at once', async () => {
  const ids = [...people.values()].map(({ citizenId }) => citizenId);
  const { data, errors } = await agency.entities(
    ids,
    'socialInsurance { totalMonths periods { nodes { months } } }',
  );
  expect(errors).toBeUndefined();
  expect(data._entities).toHaveLength(ids.length);
});
