import { dayText, type DayNumber } from '../calendar.ts';
import type { LifeEvent } from '../person.ts';
import { addressOf, oldWard } from '../units/units.ts';
import { alone, type FamilySpec, type Spec } from './spec.ts';

const MERGED: Spec = {
  name: 'merged-province',
  note: 'Registered in Bình Dương, a part of Hồ Chí Minh City since 1/7/2025: the old text and today’s unit differ.',
  called: ['Trương', 'Văn', 'Lộc'],
  sex: 'MALE',
  born: '1980-08-08',
};
const AMBIGUOUS: Spec = {
  name: 'ambiguous-ward',
  note: 'The old ward was split among two new ones: today’s unit cannot be told from the address.',
  called: ['Đoàn', 'Thu', 'Trang'],
  sex: 'FEMALE',
  born: '1993-01-19',
};
const UNMAPPED: Spec = {
  name: 'unmapped-ward',
  note: 'The old ward is missing from the published mapping.',
  called: ['Lâm', 'Hoàng', 'Phi'],
  sex: 'MALE',
  born: '1977-07-07',
};

const TYPES = ['TEMPORARY', 'TEMPORARY_ABSENCE', 'CURRENT_ABODE'] as const;

const tellAway = (from: DayNumber): LifeEvent[] =>
  TYPES.map((type) => ({
    kind: 'RESIDED',
    type,
    address: addressOf('Số 7 đường Mậu Thân', oldWard('31117')),
    from: dayText(from),
    to: null,
    removalReason: null,
    reason: null,
    hostName: null,
  }));

const temporary = (today: DayNumber): Spec => ({
  name: 'temporary-resident',
  note: 'Lives away from the permanent address: temporary residence, a declared absence and a current abode.',
  called: ['Quách', 'Thị', 'Thơm'],
  sex: 'FEMALE',
  born: '1999-04-04',
  tell: ({ base }) => [
    ...base.filter((event) => event.kind !== 'RESIDED' || event.type === 'PERMANENT'),
    ...tellAway(today - 200),
  ],
});

/** What can be odd about where somebody lives. */
export const addressFamilies = (today: DayNumber): FamilySpec[] => [
  alone('25747', 'Số 200 đường Cách Mạng Tháng Tám', '2010-10-10', MERGED),
  alone('00166', 'Số 14 ngõ 20 phố Duy Tân', '2015-06-06', AMBIGUOUS),
  alone('26935', 'Số 3 đường Nơ Trang Long', '2007-04-30', UNMAPPED),
  alone('26740', 'Số 45 đường Mạc Thị Bưởi', '2025-07-14', temporary(today)),
];
