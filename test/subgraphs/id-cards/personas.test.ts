import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personaHouseholds } from '#db/population';
import { idCards } from '../../../subgraphs/id-cards/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';

const people = personaHouseholds(testAsOf).flatMap(({ members }) => members.map(({ person }) => person));

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(idCards);
});
afterAll(() => agency.close());

type Told = Record<string, unknown>;
const ask = async (persona: string, selection: string): Promise<Told[]> => {
  const person = people.find((one) => one.persona === persona);
  const { data, errors } = await agency.entities([person?.citizenId ?? ''], `idCards { ${selection} }`);
  expect(errors).toBeUndefined();
  return data._entities[0].idCards;
};

describe('personas', () => {
  test.each([
    [
      'nguyen-van-an',
      [
        ['CAN_CUOC', 'VALID'],
        ['CCCD_CHIP', 'REPLACED'],
        ['CMND_9', 'REPLACED'],
      ],
    ],
    [
      'grandmother-guardian',
      [
        ['CAN_CUOC', 'VALID'],
        ['CAN_CUOC_DIEN_TU', 'VALID'],
        ['CCCD_BARCODE', 'LOST'],
        ['CMND_9', 'REPLACED'],
      ],
    ],
    [
      'lost-card',
      [
        ['CAN_CUOC', 'LOST'],
        ['CCCD_CHIP', 'REPLACED'],
      ],
    ],
    [
      'deceased',
      [
        ['CCCD_BARCODE', 'REVOKED'],
        ['CMND_9', 'REPLACED'],
      ],
    ],
    ['undetermined-nationality', [['GIAY_CHUNG_NHAN_CAN_CUOC', 'VALID']]],
    ['foreigner', []],
    ['newborn', []],
    ['child-14-today', []],
  ])('%s', async (persona, expected) => {
    const cards = await ask(persona, 'documentType status');
    expect(cards.map(({ documentType, status }) => [documentType, status])).toEqual(expected);
  });

  test('a birth date of which only the year is known stays so', async () => {
    const [current] = await ask('year-only-birth', 'dateOfBirth expiresOn expiryMilestone { age } qrText');
    expect(current).toMatchObject({ dateOfBirth: '1938', expiresOn: null, expiryMilestone: null });
    expect(current?.['qrText']).toContain('|00001938|');
  });

  test('each answers, and at most one card of a person is valid', async () => {
    const ids = people.map(({ citizenId }) => citizenId);
    const { data, errors } = await agency.entities(
      ids,
      'idCards { status isPhysical documentNumber chip { relatives { maskedName } } }',
    );
    expect(errors).toBeUndefined();
    const histories = data._entities.map((entity: { idCards: Told[] }) => entity.idCards) as Told[][];
    const validCards = histories.map(
      (cards) => cards.filter(({ status, isPhysical }) => isPhysical && status === 'VALID').length,
    );
    expect(Math.max(...validCards)).toBe(1);
    expect(validCards.filter((count) => count === 1).length).toBeGreaterThan(30);
  });
});
