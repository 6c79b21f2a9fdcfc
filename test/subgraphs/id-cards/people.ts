import {
  households,
  personaHouseholds,
  type Address,
  type Household,
  type LifeEvent,
  type Person,
} from '#db/population';
import { testAsOf } from '../../support/agency-under-test.ts';

type Issued = Extract<LifeEvent, { kind: 'DOCUMENT_ISSUED' }>;

const plan = { seed: 5, citizens: 40, asOf: testAsOf };

/** Ordinary people, to be given other facts. */
const people: readonly Person[] = [
  ...households(plan, { from: personaHouseholds(testAsOf).length, to: Infinity }),
].flatMap(({ members }) => members.map(({ person }) => person));

const province = { code: '30', name: 'Tỉnh Hải Dương' };
const oldUnit = {
  scheme: 'PRE_2025_07',
  ward: { code: '10507', name: 'Phường Cẩm Thượng' },
  districtName: 'Thành phố Hải Dương',
  province,
} as const;
const address: Address = {
  line: 'Số 5 đường Lê Lợi',
  unit: oldUnit,
  normalised: null,
  mappingStatus: 'UNMAPPED',
};

const issued = (
  documentType: Issued['documentType'],
  on: string,
  expiresOn: string | null,
  more: Partial<Issued> = {},
): Issued => ({
  kind: 'DOCUMENT_ISSUED',
  documentType,
  number: documentType === 'CMND_9' ? '099123456' : '099098123456',
  on,
  expiresOn,
  reissueReason: 'FIRST_ISSUE',
  status: 'VALID',
  residence: address,
  ...more,
});

const person = (
  index: number,
  dateOfBirth: string,
  events: readonly LifeEvent[],
  more: Partial<Person> = {},
): Person => {
  const base = people[index];
  if (!base) throw new Error('The plan is too small.');
  const identifiers = [
    { type: 'PERSONAL_ID', value: '099098123456', validFrom: '2016-01-01', validTo: null },
    { type: 'CMND9', value: '099123456', validFrom: '2013-06-01', validTo: '2021-03-15' },
    { type: 'CANCELLED_PERSONAL_ID', value: '099098654321', validFrom: '2016-01-01', validTo: '2023-01-01' },
  ] as const;
  return {
    ...base,
    name: { surname: 'Đỗ', middle: 'Thị', given: 'Hòa' },
    sex: 'FEMALE',
    bornOn: dateOfBirth.padEnd(10, '-01'),
    dateOfBirth,
    identifiers,
    integration: { idCards: 'INTEGRATED' },
    recordedAs: {},
    hometown: oldUnit,
    placeOfBirthRegistration: { ...oldUnit, ward: { code: '10510', name: 'Phường Bình Hàn' } },
    otherNames: ['Bé Na', 'Thích, "An"'],
    ethnicity: { code: '01', name: 'Kinh' },
    religion: null,
    bloodType: 'O+',
    ...more,
    events,
  };
};

const ref = (fullName: string) => ({
  citizenId: 'f3b5a1c2-0000-4000-8000-000000000001',
  fullName,
  personalId: '099068111111',
  sex: 'MALE' as const,
  dateOfBirth: '1968-01-01',
});

/** Born 1998: a CMND, a chip card that ended at 25, a new card until 40, and the electronic one. */
export const holder = person(
  0,
  '1998-05-02',
  [
    issued('CMND_9', '2013-06-01', '2028-06-01', { status: 'REPLACED' }),
    issued('CCCD_CHIP', '2021-03-15', '2023-05-02', { status: 'REPLACED', reissueReason: 'TYPE_UPGRADE' }),
    issued('CAN_CUOC', '2024-08-15', '2038-05-02', { reissueReason: 'AGE_MILESTONE' }),
    issued('CAN_CUOC_DIEN_TU', '2024-09-01', '2038-05-02'),
  ],
  { father: ref('Đỗ Văn Cường'), mother: null, spouse: ref('Lê Minh Ý') },
);
/** Still has only the CMND whose printed term is not over. */
export const oldPaper = person(1, '1985', [issued('CMND_9', '2014-01-02', '2029-01-02')]);
export const overdue = person(2, '1975-01-01', [
  issued('CMND_9', '2000-01-02', '2015-01-02', { status: 'EXPIRED' }),
]);
export const loser = person(3, '1990-02-03', [
  issued('CCCD_CHIP', '2021-04-05', '2030-02-03', { status: 'LOST' }),
  issued('CAN_CUOC', '2025-06-07', '2030-02-03', { reissueReason: 'LOST', status: 'HELD' }),
  issued('CAN_CUOC_DIEN_TU', '2025-07-01', '2030-02-03'),
]);
export const old = person(4, '1950', [issued('CCCD_CHIP', '2021-04-05', null)]);
export const infant = person(5, '2022-01-02', [issued('CAN_CUOC', '2025-03-04', '2036-01-02')], {
  identifiers: [{ type: 'PERSONAL_ID', value: '099098123456', validFrom: '2022-01-02', validTo: null }],
});
export const dead = person(6, '1940-01-02', [
  issued('CCCD_BARCODE', '2018-03-04', null, { status: 'REVOKED' }),
]);
/** Turns out today to be on the last day of the card. */
export const lastDay = person(7, '2001-11-01', [issued('CCCD_CHIP', '2021-11-05', testAsOf)]);
export const believer = person(9, '1990-09-10', [issued('CAN_CUOC', '2024-09-10', '2030-09-10')], {
  ethnicity: { code: '05', name: 'Khmer' },
  religion: { code: '01', name: 'Phật giáo' },
  bloodType: null,
});
export const undocumented = person(8, '2024-01-02', []);

const all = [holder, oldPaper, overdue, loser, old, infant, dead, lastDay, undocumented, believer];

export const household: Household = {
  index: 0,
  householdId: '0d1cf5e8-6f2c-4bb0-8f0c-3a1f4b1d2c3e',
  bookNo: null,
  dwelling: address,
  members: all.map((member) => ({ person: member, relationToHead: 'OTHER', since: '2015-01-01' })),
};
