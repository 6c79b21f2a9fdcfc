import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullNameOf, households, type Household, type Person } from '#db/population';
import { vehicles } from '../../../subgraphs/vehicles/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';
import { homeOf, personOf, previousOwner, registered } from './life.ts';

/** Today is 2026-11-01. */
const soldCar = registered('29A-111.11', '2018-01-01', {
  disposedOn: '2024-05-01',
  disposal: 'SOLD',
  status: 'REVOKED',
});
const bike = registered('29-AA 222.22', '2022-06-01');
const motorcycle = {
  ...bike,
  vehicle: {
    ...bike.vehicle,
    type: 'MOTORCYCLE',
    seats: 2,
    engineCapacityCc: 110,
    chassisNo: 'RLHJA3800LY000001',
  },
} as const;
const usedCar = registered('30K-333.33', '2025-02-02', { previousOwner: previousOwner() });
const truckFacts = registered('29C-444.44', '2020-02-02');
const truck = {
  ...truckFacts,
  vehicle: {
    ...truckFacts.vehicle,
    type: 'TRUCK',
    plateColour: 'YELLOW_BLACK',
    payloadKg: 1990,
    chassisNo: 'RLTRUCK0000000001',
  },
} as const;

const rich = homeOf(0, [soldCar, motorcycle, usedCar]);
const empty = homeOf(1, []);
const oldPlates = homeOf(2, [
  registered('29A-1234', '2005-01-01'),
  registered('29A-777.77', '2016-01-01', {
    disposedOn: '2023-08-14',
    disposal: 'SCRAPPED',
    status: 'REVOKED',
  }),
  registered('TM-12-34', '2019-01-01'),
]);
const reused = homeOf(3, [
  registered('29A-888.88', '2019-01-01', { disposedOn: '2024-01-01', disposal: 'SOLD', status: 'REVOKED' }),
  registered('29A-888.88', '2024-06-01'),
]);
const expiring = homeOf(4, [
  registered('29A-999.01', '2019-01-01', {
    disposedOn: '2023-09-01',
    disposal: 'SCRAPPED',
    status: 'REVOKED',
  }),
]);
const hauler = homeOf(5, [truck], {
  recordedAs: { vehicles: { fullName: 'Lê Thị Thuý' } },
  integration: { vehicles: 'PENDING' },
});
/** A car and a motorcycle whose plates are written alike without separators. */
const alike = homeOf(6, [registered('29AA-222.22', '2021-01-01'), motorcycle]);
const homes = [rich, empty, oldPlates, reused, expiring, hauler, alike];

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(vehicles, { households: homes });
});
afterAll(() => agency.close());

const everything = `
  vehicles {
    plateNumber plateCanonical plateColour isIdentificationPlate ownerName ownerAddress previousOwner { maskedName }
    vehicleType brand model paintColour engineNo chassisNo yearOfManufacture seats payloadKg engineCapacityCc powerKw
    smartVehicle cleanEnergy registeredOn firstRegisteredOn expiresOn issuingAuthority status disposedOn disposal
    source { agency asOf integrationStatus }
  }
  identificationPlates {
    plateNumber plateCanonical plateColour vehicleType assignedOn state keptFrom reservedUntil
    source { agency asOf integrationStatus }
  }`;

type Asked = typeof agency;
async function ask(home: Household, from: Asked = agency) {
  const { data, errors } = await from.entities([personOf(home).citizenId], everything);
  expect(errors).toBeUndefined();
  return data._entities[0];
}

describe('vehicles', () => {
  test('those held first, the newest first, then what was sold', async () => {
    const list = (await ask(rich)).vehicles.map((each: Record<string, unknown>) => [
      each['plateNumber'],
      each['status'],
      each['disposal'],
    ]);
    expect(list).toEqual([
      ['30K-333.33', 'ACTIVE', null],
      ['29-AA 222.22', 'ACTIVE', null],
      ['29A-111.11', 'REVOKED', 'SOLD'],
    ]);
  });

  test('tell the whole certificate', async () => {
    const [vehicle] = (await ask(hauler)).vehicles;
    expect(vehicle).toEqual({
      plateNumber: '29C-444.44',
      plateCanonical: '29C44444',
      plateColour: 'YELLOW_BLACK',
      isIdentificationPlate: true,
      ownerName: 'Lê Thị Thuý',
      ownerAddress: expect.stringMatching(/^.+, .+, .+/),
      previousOwner: null,
      vehicleType: 'TRUCK',
      brand: 'TOYOTA',
      model: 'VIOS',
      paintColour: 'Trắng',
      engineNo: 'TO1234567',
      chassisNo: 'RLTRUCK0000000001',
      yearOfManufacture: 2019,
      seats: 5,
      payloadKg: 1990,
      engineCapacityCc: 1496,
      powerKw: 79,
      smartVehicle: false,
      cleanEnergy: false,
      registeredOn: '2020-02-02',
      firstRegisteredOn: '2020-02-02',
      expiresOn: '2044-12-31',
      issuingAuthority: expect.stringMatching(/^Phòng Cảnh sát giao thông, Công an (tỉnh|thành phố) \S/),
      status: 'ACTIVE',
      disposedOn: null,
      disposal: null,
      source: { agency: 'vehicles', asOf: '2026-10-31T17:00:00.000Z', integrationStatus: 'PENDING' },
    });
  });

  test('a previous owner is masked and the first registration lies before', async () => {
    const answer = await ask(rich);
    expect(answer.vehicles[0]).toMatchObject({
      previousOwner: { maskedName: expect.stringMatching(/^T\*+ T\*+ B\*+$/) },
      firstRegisteredOn: '2019-12-15',
    });
    for (const hidden of ['Trần Thị Bích', previousOwner().citizenId, previousOwner().personalId])
      expect(JSON.stringify(answer)).not.toContain(hidden);
  });

  test('motorcycles are registered by the commune since 2022', async () => {
    expect((await ask(rich)).vehicles[1].issuingAuthority).toMatch(
      /^Công an (phường|xã|thị trấn|đặc khu) .+, \S/,
    );
  });

  test('belong to the owner as written on the certificate, in NFC', async () => {
    expect((await ask(rich)).vehicles[0].ownerName).toBe(fullNameOf(personOf(rich).name).normalize('NFC'));
  });
});

describe('identification plates', () => {
  const plates = async (home: Household, from: Asked = agency) =>
    (await ask(home, from)).identificationPlates.map((each: Record<string, unknown>) => [
      each['plateNumber'],
      each['state'],
      each['assignedOn'],
      each['keptFrom'],
      each['reservedUntil'],
    ]);

  test('are those in use and those kept after a sale', async () => {
    expect(await plates(rich)).toEqual([
      ['30K-333.33', 'IN_USE', '2025-02-02', null, null],
      ['29A-111.11', 'KEPT', '2023-08-15', '2024-05-01', '2029-05-01'],
      ['29-AA 222.22', 'IN_USE', '2023-08-15', null, null],
    ]);
  });

  test('are not plates of four digits, given up before 15/8/2023, or of the army', async () => {
    expect(await plates(oldPlates)).toEqual([]);
    expect(
      (await ask(oldPlates)).vehicles.map((each: Record<string, unknown>) => [
        each['plateCanonical'],
        each['isIdentificationPlate'],
      ]),
    ).toEqual([
      ['TM1234', false],
      ['29A1234', false],
      ['29A77777', true],
    ]);
  });

  test('put on another vehicle are in use again', async () => {
    expect(await plates(reused)).toEqual([['29A-888.88', 'IN_USE', '2023-08-15', null, null]]);
  });

  test('of a car and a motorcycle written alike are two', async () => {
    const found = (await ask(alike)).identificationPlates;
    expect(
      found.map((each: Record<string, unknown>) => [
        each['plateCanonical'],
        each['plateNumber'],
        each['vehicleType'],
      ]),
    ).toEqual([
      ['29AA22222', '29AA-222.22', 'CAR'],
      ['29AA22222', '29-AA 222.22', 'MOTORCYCLE'],
    ]);
  });

  test.each([
    ['2028-09-01T12:00:00+07:00', 1],
    ['2028-09-02T00:00:00+07:00', 0],
  ])('are reserved for five years: at %s %i is left', async (now, count) => {
    const later = await startAgencyUnderTest(vehicles, { households: [expiring], now: new Date(now) });
    expect(await plates(expiring, later)).toHaveLength(count);
    await later.close();
  });
});

describe('ids', () => {
  const both = `${everything} drivingLicences { number points classes { code } }`;

  test('a citizen nobody knows has nothing; nor has one without vehicles', async () => {
    const ids = ['00000000-0000-8000-8000-000000000000', personOf(empty).citizenId];
    const { data, errors } = await agency.entities(ids, both);
    expect(errors).toBeUndefined();
    const nothing = { vehicles: [], identificationPlates: [], drivingLicences: [] };
    expect(data._entities).toEqual([nothing, nothing]);
  });

  test.each(['', '1', 'x'.repeat(36), "' or true --"])(
    'an id that cannot be one (%j) gives null and no SQL',
    async (id) => {
      agency.statements.length = 0;
      const { data, errors } = await agency.entities([id], both);
      expect(errors).toBeUndefined();
      expect(data._entities).toEqual([null]);
      expect(agency.statements).toEqual([]);
    },
  );
});

describe('a crowd', () => {
  const crowd = [...households({ seed: 3, citizens: 400, asOf: testAsOf })];
  const residents = crowd.flatMap(({ members }) => members.map(({ person }) => person));
  const isDriver = ({ events }: Person): boolean => events.some(({ kind }) => kind === 'LICENSED');
  const people = [...residents.filter(isDriver), ...residents.filter((person) => !isDriver(person))];
  const all = `${everything} drivingLicences { number points status expiresOn knowledgeTestFrom classes { code } pointLedger { nodes { delta } } }`;
  let town: Asked;
  beforeAll(async () => {
    town = await startAgencyUnderTest(vehicles, { households: crowd });
  });
  afterAll(() => town.close());

  test.each([1, 2, 100])('%i citizens: one statement per loader', async (count) => {
    town.statements.length = 0;
    const { errors } = await town.entities(
      people.slice(0, count).map(({ citizenId }) => citizenId),
      all,
    );
    expect(errors).toBeUndefined();
    expect(town.statements).toHaveLength(3);
  });

  test('each gets their own: plates and licence numbers agree with the facts of every person', async () => {
    const { data } = await town.everybody(
      people.map(({ citizenId }) => citizenId),
      all,
    );
    const found = data._entities.map(
      (each: { vehicles: { plateNumber: string }[]; drivingLicences: { number: string }[] }) => [
        each.vehicles.map(({ plateNumber }) => plateNumber).sort(),
        each.drivingLicences.map(({ number }) => number).sort(),
      ],
    );
    const expected = people.map(({ events }) => [
      events.flatMap((event) => (event.kind === 'VEHICLE_REGISTERED' ? [event.plateNumber] : [])).sort(),
      [...new Set(events.flatMap((event) => (event.kind === 'LICENSED' ? [event.number] : [])))].sort(),
    ]);
    expect(found).toEqual(expected);
  });
});
