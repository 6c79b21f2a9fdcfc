import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idCards } from '../../../subgraphs/id-cards/index.ts';
import { startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { askEverybody, ordinary } from './everybody.ts';
import {
  dead,
  holder,
  household,
  infant,
  lastDay,
  loser,
  old,
  oldPaper,
  overdue,
  undocumented,
} from './people.ts';

type Agency = Awaited<ReturnType<typeof startAgencyUnderTest>>;
type Told = Record<string, unknown>;

let agency: Agency;
/** The same documents one day later, and long after. */
let tomorrow: Agency;
let later: Agency;
beforeAll(async () => {
  const open = (now: string) =>
    startAgencyUnderTest(idCards, { households: [household], now: new Date(`${now}T00:00:00+07:00`) });
  agency = await startAgencyUnderTest(idCards, { households: [household, ...ordinary] });
  tomorrow = await open('2026-11-02');
  later = await open('2038-05-03');
});
afterAll(() => Promise.all([agency.close(), tomorrow.close(), later.close()]));

const ask = async (
  { citizenId }: { citizenId: string },
  selection: string,
  from = agency,
): Promise<Told[]> => {
  const { data, errors } = await from.entities([citizenId], `idCards { ${selection} }`);
  expect(errors).toBeUndefined();
  return data._entities[0].idCards;
};

const standing = 'documentType status statusReason isCurrent';
const rowsOf = (cards: Told[]) =>
  cards.map((card) => [card['documentType'], card['status'], card['statusReason'], card['isCurrent']]);

describe('every document with what it is worth today, the current one first', () => {
  test.each([
    [
      'a whole history',
      holder,
      [
        ['CAN_CUOC', 'VALID', null, true],
        ['CAN_CUOC_DIEN_TU', 'VALID', null, false],
        ['CCCD_CHIP', 'REPLACED', 'REPLACED_BY_NEWER', false],
        ['CMND_9', 'REPLACED', 'REPLACED_BY_NEWER', false],
      ],
    ],
    ['a CMND ended by law before its term', oldPaper, [['CMND_9', 'EXPIRED', 'KIND_ENDED', false]]],
    ['a CMND whose term was over long before', overdue, [['CMND_9', 'EXPIRED', 'TERM_ENDED', false]]],
    [
      'a held card leaves the electronic one current',
      loser,
      [
        ['CAN_CUOC_DIEN_TU', 'VALID', null, true],
        ['CAN_CUOC', 'HELD', 'HELD_BY_AUTHORITY', false],
        ['CCCD_CHIP', 'LOST', 'REPORTED_LOST', false],
      ],
    ],
    ['without term', old, [['CCCD_CHIP', 'VALID', null, true]]],
    ['withdrawn after death', dead, [['CCCD_BARCODE', 'REVOKED', 'WITHDRAWN', false]]],
    ['on its last day', lastDay, [['CCCD_CHIP', 'VALID', null, true]]],
    ['none', undocumented, []],
  ])('%s', async (_, person, expected) => {
    expect(rowsOf(await ask(person, standing))).toEqual(expected);
  });

  test('the day after the last day it is over', async () => {
    expect(rowsOf(await ask(lastDay, standing, tomorrow))).toEqual([
      ['CCCD_CHIP', 'EXPIRED', 'TERM_ENDED', false],
    ]);
  });

  test('when all terms are over none is current and the newest comes first', async () => {
    const cards = await ask(holder, standing, later);
    expect(rowsOf(cards).map(([type, status, , isCurrent]) => [type, status, isCurrent])).toEqual([
      ['CAN_CUOC_DIEN_TU', 'EXPIRED', false],
      ['CAN_CUOC', 'EXPIRED', false],
      ['CCCD_CHIP', 'REPLACED', false],
      ['CMND_9', 'REPLACED', false],
    ]);
  });

  test('each names what followed it', async () => {
    const cards = await ask(holder, 'replacedBy { documentType documentNumber issuedOn }');
    expect(cards.map((card) => card['replacedBy'])).toEqual([
      null,
      null,
      { documentType: 'CAN_CUOC', documentNumber: '099098123456', issuedOn: '2024-08-15' },
      { documentType: 'CCCD_CHIP', documentNumber: '099098123456', issuedOn: '2021-03-15' },
    ]);
  });
});

describe('what is printed', () => {
  test('labels changed on 1/7/2024', async () => {
    const cards = await ask(
      holder,
      'documentTypeName documentNumber fullNameAtBirth dateOfBirth sex nationality placeOfOrigin placeOfBirthRegistration permanentResidence placeOfResidence personalFeatures issuedOn expiresOn issuingAuthority reissueReason isPhysical source { agency integrationStatus }',
    );
    const residence = 'Số 5 đường Lê Lợi, Phường Cẩm Thượng, Thành phố Hải Dương, Tỉnh Hải Dương';
    expect(cards[0]).toEqual({
      documentTypeName: 'Thẻ căn cước',
      documentNumber: '099098123456',
      fullNameAtBirth: 'ĐỖ THỊ HÒA',
      dateOfBirth: '1998-05-02',
      sex: 'Nữ',
      nationality: holder.nationality.name,
      placeOfOrigin: null,
      placeOfBirthRegistration: 'Phường Bình Hàn, Thành phố Hải Dương, Tỉnh Hải Dương',
      permanentResidence: null,
      placeOfResidence: residence,
      personalFeatures: null,
      issuedOn: '2024-08-15',
      expiresOn: '2038-05-02',
      issuingAuthority: 'Bộ Công an',
      reissueReason: 'AGE_MILESTONE',
      isPhysical: true,
      source: { agency: 'id-cards', integrationStatus: 'INTEGRATED' },
    });
    expect(cards[1]).toMatchObject({ documentTypeName: 'Căn cước điện tử', isPhysical: false });
    expect(cards[2]).toMatchObject({
      placeOfOrigin: 'Phường Cẩm Thượng, Thành phố Hải Dương, Tỉnh Hải Dương',
      placeOfBirthRegistration: null,
      permanentResidence: residence,
      placeOfResidence: null,
      issuingAuthority: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
    });
    expect(cards[2]?.['personalFeatures']).toMatch(/ C:\dcm /);
    expect(cards[3]).toMatchObject({
      documentNumber: '099123456',
      issuingAuthority: 'Công an tỉnh Hải Dương',
    });
  });

  test.each([
    ['a child under six on a new card', infant, [false]],
    ['a grown-up', holder, [true, true, true, true]],
    ['an old card', old, [true]],
  ])('portrait: %s', async (_, person, expected) => {
    expect((await ask(person, 'hasPortrait')).map((card) => card['hasPortrait'])).toEqual(expected);
  });

  test.each([
    ['a new card until 40', holder, { age: 40, on: '2038-05-02' }, 4200],
    ['a child until 14', infant, { age: 14, on: '2036-01-02' }, 3349],
    ['no term', old, null, null],
    ['a CMND, which age does not end', overdue, null, -4321],
    ['the last day', lastDay, { age: 25, on: '2026-11-01' }, 0],
  ])('milestone and days left: %s', async (_, person, expiryMilestone, daysToExpiry) => {
    const [first] = await ask(person, 'expiryMilestone { age on } daysToExpiry');
    expect(first).toEqual({ expiryMilestone, daysToExpiry });
  });
});

describe('numbers and QR code', () => {
  const print = { type: 'PERSONAL_ID', value: '099098123456', carrier: 'PRINT' };
  const cmnd = { type: 'CMND9', value: '099123456', carrier: 'QR_AND_CHIP' };
  const cancelled = { type: 'CANCELLED_PERSONAL_ID', value: '099098654321', carrier: 'QR_AND_CHIP' };

  test('each document carries the numbers of its kind', async () => {
    const cards = await ask(holder, 'identifiers { type value carrier }');
    expect(cards.map((card) => card['identifiers'])).toEqual([
      [print, cmnd, cancelled],
      [print],
      [print, cmnd],
      [{ ...cmnd, carrier: 'PRINT' }],
    ]);
  });

  const address = 'Số 5 đường Lê Lợi, Phường Cẩm Thượng, Thành phố Hải Dương, Tỉnh Hải Dương';
  test.each([
    [
      'new card, chip card, others',
      holder,
      [
        `099098123456|099123456|Đỗ Thị Hòa|02051998|Nữ|${address}|15082024|099098654321`,
        null,
        `099098123456|099123456|Đỗ Thị Hòa|02051998|Nữ|${address}|15032021`,
        null,
      ],
    ],
    ['a year only', old, [`099098123456|099123456|Đỗ Thị Hòa|00001950|Nữ|${address}|05042021`]],
    ['never had a CMND', infant, [`099098123456||Đỗ Thị Hòa|02012022|Nữ|${address}|04032025`]],
  ])('QR text: %s', async (_, person, expected) => {
    expect((await ask(person, 'qrText')).map((card) => card['qrText'])).toEqual(expected);
  });

  test('every QR text of the population reads as readers in the field read it', async () => {
    const pattern = /^\d{12}\|(\d{9})?\|[^|]+\|\d{8}\|(Nam|Nữ)\|[^|]+\|\d{8}(\|[^|]*)*$/u;
    const people = await askEverybody<{ idCards: Told[] }>(agency, 'idCards { documentType qrText }');
    const cards = people.flatMap((person) => person.idCards);
    for (const { documentType, qrText } of cards) {
      if (['CCCD_CHIP', 'CAN_CUOC'].includes(documentType as string)) expect(qrText).toMatch(pattern);
      else expect(qrText).toBeNull();
    }
    expect(cards.length).toBeGreaterThan(300);
  });
});

describe('the chip', () => {
  const chip = 'chip { otherNames oldNumber relatives { kinship maskedName } }';

  test('tells what the print does not, relatives masked', async () => {
    const cards = await ask(holder, chip);
    const content = {
      otherNames: ['Bé Na', 'Thích, "An"'],
      oldNumber: '099123456',
      relatives: [
        { kinship: 'FATHER', maskedName: 'Đ*** V*** C***' },
        { kinship: 'SPOUSE', maskedName: 'L*** M*** Ý***' },
      ],
    };
    expect(cards.map((card) => card['chip'])).toEqual([content, null, content, null]);
  });
});

describe('who is asked for', () => {
  test.each([
    ['nobody knows', '7b0d2c4e-1f3a-4c5d-8e6f-a1b2c3d4e5f6', { idCards: [] }],
    ['is no uuid', "x' or 1=1", null],
  ])('an id that %s', async (_, id, expected) => {
    const { data, errors } = await agency.entities([id], 'idCards { documentNumber }');
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([expected]);
  });

  test.each([
    ['the profile', 'idCards { documentType documentNumber issuedOn expiresOn status }', 1],
    [
      'everything',
      'idCards { qrText identifiers { value } replacedBy { issuedOn } chip { otherNames } source { asOf } }',
      2,
    ],
  ])('%s takes as many statements for 100 citizens as for one', async (_, selection, count) => {
    const grownUps = ordinary.flatMap(({ members }) =>
      members.slice(0, 1).map(({ person }) => person.citizenId),
    );
    for (const ids of [[holder.citizenId], grownUps.slice(0, 99).concat(holder.citizenId)]) {
      agency.statements.length = 0;
      const { data, errors } = await agency.entities(ids, selection);
      expect(errors).toBeUndefined();
      expect(data._entities).toHaveLength(ids.length);
      expect(agency.statements).toHaveLength(count);
    }
  });

  test('nobody has two valid cards, and the first is the current one when any is', async () => {
    const selection = 'idCards { status isPhysical isCurrent issuedOn }';
    const people = await askEverybody<{ idCards: Told[] }>(agency, selection);
    const histories = people.map((person) => person.idCards);
    for (const cards of histories) {
      const valid = cards.filter(({ status }) => status === 'VALID');
      expect(valid.filter(({ isPhysical }) => isPhysical).length).toBeLessThanOrEqual(1);
      expect(cards.map(({ isCurrent }) => isCurrent)).toEqual(
        cards.map((_, index) => index === 0 && valid.length > 0),
      );
    }
    expect(histories.flat().length).toBeGreaterThan(300);
  });
});
