import {
  households,
  personaHouseholds,
  type Address,
  type Household,
  type LifeEvent,
  type Person,
  type Unit,
} from '#db/population';
import { testAsOf } from '../../support/agency-under-test.ts';

type Residing = Extract<LifeEvent, { kind: 'RESIDED' }>;

const plan = { seed: 5, citizens: 40, asOf: testAsOf };

/** Ordinary people, each the first of their household, to be given other facts. */
const people: readonly Person[] = [
  ...households(plan, { from: personaHouseholds(testAsOf).length, to: Infinity }),
].flatMap(({ members }) => members.map(({ person }) => person));

const unit = (scheme: Unit['scheme'], ward: string, code: string, districtName: string | null): Unit => ({
  scheme,
  ward: { code, name: ward },
  districtName,
  province: { code: '79', name: 'Thành phố Hồ Chí Minh' },
});

const newUnit = unit('POST_2025_07', 'Phường Sài Gòn', '26740', null);
const oldUnit = unit('PRE_2025_07', 'Phường Bến Nghé', '26740', 'Quận 1');

export const oldAddress: Address = {
  line: '12 Lê Lợi',
  unit: oldUnit,
  normalised: newUnit,
  mappingStatus: 'EXACT',
};
export const splitAddress: Address = {
  line: '3 Hai Bà Trưng',
  unit: oldUnit,
  normalised: null,
  mappingStatus: 'SPLIT_AMBIGUOUS',
};
export const newAddress: Address = {
  line: '7 Đồng Khởi',
  unit: newUnit,
  normalised: newUnit,
  mappingStatus: 'EXACT',
};

export const resided = (
  type: Residing['type'],
  from: string,
  to: string | null,
  more: Partial<Residing> = {},
): Residing => ({
  kind: 'RESIDED',
  type,
  address: oldAddress,
  from,
  to,
  removalReason: null,
  reason: null,
  hostName: null,
  ...more,
});

const dayOf = (month: number, day: number): string =>
  `2024-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** 25 stays, three of them on one day. */
const manyStays = Array.from({ length: 25 }, (_, index) => {
  const from = index < 3 ? '2024-01-01' : dayOf(1 + (index % 12), 2 + index);
  return resided('STAY', from, from, { reason: 'Thăm thân', hostName: 'Trần Văn Hòa' });
});

const named = (
  index: number,
  given: string,
  events: readonly LifeEvent[],
  more: Partial<Person> = {},
): Person => {
  const person = people[index];
  if (!person) throw new Error('The plan is too small.');
  const name = { surname: 'Nguyễn', middle: 'Văn', given };
  return { ...person, name, recordedAs: {}, integration: { residence: 'INTEGRATED' }, ...more, events };
};

const home = resided('PERMANENT', '2015-03-04', null, { address: splitAddress });

/** The head: moved once, lives elsewhere for the time being, stayed in many places. */
export const head = named(0, 'An', [
  resided('PERMANENT', '1990-01-02', '2015-03-04', { removalReason: 'REGISTERED_ELSEWHERE' }),
  home,
  ...manyStays,
  resided('TEMPORARY', '2021-02-03', '2023-02-03', { removalReason: 'REGISTERED_ELSEWHERE' }),
  resided('TEMPORARY', '2025-08-01', null, { address: newAddress }),
  resided('TEMPORARY_ABSENCE', '2026-01-05', null),
  resided('STAY', '2026-10-30', null, {
    address: newAddress,
    reason: 'Công tác',
    hostName: 'Khách sạn Hoa Sen',
  }),
]);
export const spouse = named(1, 'Bình', [
  home,
  resided('CURRENT_ABODE', '2026-05-06', null, { address: newAddress }),
]);
/** Recorded with other tone marks and in decomposed letters. */
export const child = named(2, 'Chi', [home], {
  recordedAs: { residence: { fullName: 'Nguyễn Văn Chỉ'.normalize('NFD') } },
});
export const dead = named(3, 'Dũng', [{ ...home, to: '2020-07-08', removalReason: 'DIED' }]);
/** Renewed the temporary residence twice; has no permanent one. */
export const tenant = named(4, 'Em', [resided('TEMPORARY', '2022-01-10', null)], {
  integration: { residence: 'PENDING' },
});
/** Nothing was ever registered. */
export const nobody = named(5, 'Giang', []);

export const household: Household = {
  index: 0,
  householdId: '0d1cf5e8-6f2c-4bb0-8f0c-3a1f4b1d2c3e',
  bookNo: '012345678',
  dwelling: splitAddress,
  members: [
    { person: head, relationToHead: 'HEAD', since: '2015-03-04' },
    { person: spouse, relationToHead: 'SPOUSE', since: '2016-01-01' },
    { person: child, relationToHead: 'CHILD', since: '2018-09-10' },
    { person: dead, relationToHead: 'PARENT', since: '2015-03-04' },
    { person: tenant, relationToHead: 'TENANT', since: '2022-01-10' },
    { person: nobody, relationToHead: 'OTHER', since: '2022-01-10' },
  ],
};
