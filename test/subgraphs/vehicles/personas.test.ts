import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personaHouseholds } from '#db/population';
import { vehicles } from '../../../subgraphs/vehicles/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';

const people = personaHouseholds(testAsOf).flatMap(({ members }) => members.map(({ person }) => person));
const idOf = new Map(people.map(({ citizenId, persona }) => [persona, citizenId]));

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(vehicles);
});
afterAll(() => agency.close());

async function ask(persona: string, selection: string) {
  const { data, errors } = await agency.entities([idOf.get(persona) ?? ''], selection);
  expect(errors).toBeUndefined();
  return data._entities[0];
}

const lines = (list: readonly object[]): string[] => list.map((each) => Object.values(each).join(' '));

test('two-vehicles-kept-plate: two in force, one sold, whose plate is kept for five years', async () => {
  const { vehicles: cars, identificationPlates: plates } = await ask(
    'two-vehicles-kept-plate',
    `vehicles { vehicleType status previousOwner { maskedName } } identificationPlates { state }`,
  );
  expect(
    cars.map(
      ({ vehicleType, status }: { vehicleType: string; status: string }) => `${vehicleType} ${status}`,
    ),
  ).toEqual(['CAR ACTIVE', 'MOTORCYCLE ACTIVE', 'CAR REVOKED']);
  expect(cars[0].previousOwner.maskedName).toMatch(/\*/);
  expect(lines(plates).sort()).toEqual(['IN_USE', 'IN_USE', 'KEPT']);
});

describe('licences', () => {
  test('zero-point-licence: no point is left, the test comes six months after the loss', async () => {
    const { drivingLicences } = await ask(
      'zero-point-licence',
      'drivingLicences { points status knowledgeTestFrom pointLedger { nodes { balanceAfter } } }',
    );
    expect(drivingLicences).toHaveLength(1);
    expect(drivingLicences[0]).toMatchObject({
      points: 0,
      status: 'VALID',
      knowledgeTestFrom: expect.any(String),
    });
    expect(drivingLicences[0].pointLedger.nodes[0]).toEqual({ balanceAfter: 0 });
  });

  test('old-b2-licence: the class of 2008 with its printed day', async () => {
    const { drivingLicences } = await ask(
      'old-b2-licence',
      'drivingLicences { classes { scheme code isExpired expiresOn } }',
    );
    const classes = drivingLicences.flatMap(({ classes: list }: { classes: object[] }) => list);
    expect(classes).toContainEqual({
      scheme: 'LAW_2008',
      code: 'B2',
      isExpired: false,
      expiresOn: expect.any(String),
    });
  });

  test('nguyen-van-an: two licences, points deducted from one', async () => {
    const { drivingLicences } = await ask(
      'nguyen-van-an',
      'drivingLicences { number points pointLedger { nodes { delta } } }',
    );
    expect(drivingLicences.map(({ points }: { points: number }) => points)).toEqual([6, 12]);
    expect(lines(drivingLicences[0].pointLedger.nodes)).toEqual(['-4', '-2']);
  });

  test.each(['child-6', 'newborn', 'orphan'])('%s: neither licence nor vehicle', async (persona) => {
    expect(
      await ask(
        persona,
        'drivingLicences { number } vehicles { plateNumber } identificationPlates { plateNumber }',
      ),
    ).toEqual({
      drivingLicences: [],
      vehicles: [],
      identificationPlates: [],
    });
  });
});

test('tone-mark-mismatch: the owner’s name as the vehicle register wrote it, and the source says so', async () => {
  const { vehicles: list } = await ask(
    'tone-mark-mismatch',
    'vehicles { ownerName source { integrationStatus } }',
  );
  const person = people.find(({ persona }) => persona === 'tone-mark-mismatch');
  expect(list[0].ownerName).toBe(person?.recordedAs.vehicles?.fullName);
  expect(list[0].source.integrationStatus).toBe(person?.integration.vehicles ?? 'INTEGRATED');
});

test('every plate and licence number of the personas is well formed', async () => {
  const { data, errors } = await agency.entities(
    people.map(({ citizenId }) => citizenId),
    'vehicles { plateCanonical isIdentificationPlate ownerName chassisNo } drivingLicences { number holderName }',
  );
  expect(errors).toBeUndefined();
  for (const { vehicles: owned, drivingLicences } of data._entities) {
    for (const each of owned) {
      expect(each).toMatchObject({
        isIdentificationPlate: true,
        plateCanonical: expect.stringMatching(/^\d\d[A-Z][A-Z\d]*\d{5}$/),
      });
      expect(each.chassisNo).toMatch(/^[A-HJ-NPR-Z0-9]{17}$/);
      expect(each.ownerName).toBe(each.ownerName.normalize('NFC'));
    }
    for (const each of drivingLicences) {
      expect(each.number).toMatch(/^\d{12}$/);
      expect(each.holderName).toBe(each.holderName.normalize('NFC'));
    }
  }
});
