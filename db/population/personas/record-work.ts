import { addYears, dayText } from '../calendar.ts';
import { refOfDraft } from '../draft.ts';
import { cover, deduction, employed, licence, vehicle } from './events.ts';
import { alone, without, type FamilySpec, type Spec } from './spec.ts';

const TWO_VEHICLES: Spec = {
  name: 'two-vehicles-kept-plate',
  note: 'Two vehicles, one bought from another persona, and a sold car whose plate the owner keeps for five years.',
  called: ['Nguyễn', 'Hữu', 'Tài'],
  sex: 'MALE',
  born: '1978-03-03',
  tell: ({ draft, base, of }) => [
    ...without(base, 'VEHICLE_REGISTERED'),
    vehicle(draft, 'CAR', 2500, '44AA-111.11', {
      disposedOn: dayText(draft.end - 150),
      disposal: 'SOLD',
      status: 'REVOKED',
    }),
    vehicle(draft, 'CAR', 140, '44AA-222.22', { previousOwner: refOfDraft(of('merged-province')) }),
    vehicle(draft, 'MOTORCYCLE', 1600, '44-AA 333.33'),
  ],
};

const ZERO_POINTS: Spec = {
  name: 'zero-point-licence',
  note: 'All twelve points of the licence were deducted: no driving until a knowledge test.',
  called: ['Chu', 'Đình', 'Kiên'],
  sex: 'MALE',
  born: '1994-06-21',
  tell: ({ draft, base }) => {
    const held = licence(draft, 'CAR', addYears(draft.end, -4));
    const points = [
      [210, 4],
      [150, 6],
      [60, 2],
    ] as const;
    const deductions = points.map(([ago, count]) => deduction(draft, held, count, ago));
    return [...without(base, 'LICENSED', 'POINTS_DEDUCTED'), held, ...deductions];
  },
};

const OLD_B2: Spec = {
  name: 'old-b2-licence',
  note: 'A class B2 of the law of 2008 that stays valid to its printed date.',
  called: ['Lương', 'Thị', 'Hòa'],
  sex: 'FEMALE',
  born: '1984-12-24',
  tell: ({ draft, base }) => [
    ...without(base, 'LICENSED', 'POINTS_DEDUCTED'),
    licence(draft, 'MOTORCYCLE', '2006-02-14', 1),
    licence(draft, 'CAR', '2021-03-02', 2),
  ],
};

const LATE_EMPLOYER: Spec = {
  name: 'late-employer',
  note: 'The present employer pays contributions late, and the one before left months unpaid.',
  called: ['Thái', 'Thị', 'Mơ'],
  sex: 'FEMALE',
  born: '1996-09-12',
  tell: ({ draft, base }) => [
    ...without(base, 'EMPLOYED', 'BENEFIT_GRANTED', 'INSURED', 'VISITED'),
    employed(draft, 90, 40),
    employed(draft, 38, 20, { payment: 'UNPAID' }),
    employed(draft, 18, null, { payment: 'LATE' }),
    cover(draft, 'DN', -530, 100),
  ],
};

const FREELANCE = { employer: null, jobTitle: 'Lao động tự do' } as const;

const LUMP_SUM: Spec = {
  name: 'lump-sum-withdrawn',
  note: 'Drew the contributions as a lump sum: those months no longer count, later ones are reserved.',
  called: ['Hà', 'Văn', 'Đạo'],
  sex: 'MALE',
  born: '1986-02-02',
  career: 'NONE',
  tell: ({ draft, base }) => [
    ...without(base, 'INSURED', 'VISITED'),
    employed(draft, 144, 84, { ...FREELANCE, payment: 'WITHDRAWN' }),
    employed(draft, 48, 20, { ...FREELANCE, payment: 'RESERVED' }),
    {
      kind: 'BENEFIT_GRANTED',
      benefit: 'LUMP_SUM',
      from: dayText(addYears(draft.end, -6)),
      to: null,
      amount: 48_000_000,
      monthly: false,
    },
    cover(draft, 'GD', -320, 45),
  ],
};

const PENSIONER: Spec = {
  name: 'pensioner',
  note: 'Retired with a pension, and insured as a pensioner.',
  called: ['Phùng', 'Thị', 'Nhàn'],
  sex: 'FEMALE',
  born: '1960-04-15',
  career: 'STATE',
};

/** What can be odd about vehicles, licences and work. */
export const workFamilies: readonly FamilySpec[] = [
  alone('20197', 'Số 19 đường Tôn Đức Thắng', '2008-01-20', TWO_VEHICLES),
  alone('00343', 'Số 50 phố Nhân Hòa', '2020-02-20', ZERO_POINTS),
  alone('15139', 'Thôn 1', '2008-05-15', OLD_B2),
  alone('25750', 'Số 61 đường Huỳnh Văn Lũy', '2018-06-18', LATE_EMPLOYER),
  alone('11296', 'Số 2 đường Quán Toan', '2011-11-01', LUMP_SUM),
  alone('22366', 'Số 90 đường Thống Nhất', '1984-04-04', PENSIONER),
];
