import type { Draft } from '../draft.ts';
import type { LifeEvent, Person } from '../person.ts';
import { cover, employed, visits } from './events.ts';
import { alone, without, type FamilySpec, type Spec } from './spec.ts';

type VisitList = readonly (readonly [daysAgo: number, code: string])[];

/** A man without work, with spells of insurance put down by hand; whatever they do not cover he pays himself. */
const insuredAs = (
  who: Pick<Spec, 'name' | 'note' | 'called' | 'born'>,
  spells: (draft: Draft) => LifeEvent[],
): Spec => ({
  ...who,
  sex: 'MALE',
  career: 'NONE',
  tell: ({ draft, base }) => {
    const told = spells(draft);
    return [
      ...without(base, 'INSURED', 'VISITED'),
      ...told,
      ...visits(draft, told, [
        [400, 'J06.9'],
        [30, 'K30'],
      ]),
    ];
  },
});

const LOST = insuredAs(
  {
    name: 'insurance-lost',
    note: 'The health insurance card was reported lost.',
    called: ['Ngô', 'Văn', 'Quý'],
    born: '1973-05-23',
  },
  (draft) => [cover(draft, 'GD', -700, -301, 'EXPIRED'), cover(draft, 'GD', -300, 65, 'REPORTED_LOST')],
);
const WITHDRAWN = insuredAs(
  {
    name: 'insurance-withdrawn',
    note: 'The card was withdrawn before its term: visits after it are not covered.',
    called: ['Đỗ', 'Thành', 'Vinh'],
    born: '1990-01-31',
  },
  (draft) => [cover(draft, 'GD', -800, -201, 'EXPIRED'), cover(draft, 'GD', -200, 160, 'WITHDRAWN')],
);
const UNINSURED = insuredAs(
  {
    name: 'uninsured',
    note: 'Without health insurance for over a year: pays for visits alone.',
    called: ['Phan', 'Văn', 'Bền'],
    born: '1971-10-01',
  },
  (draft) => [cover(draft, 'GD', -1200, -600, 'EXPIRED')],
);

const patient = (who: Pick<Spec, 'name' | 'note' | 'called' | 'sex' | 'born'>, list: VisitList): Spec => ({
  ...who,
  tell: ({ draft, base }) => {
    const insured = [cover(draft, 'DN', -1300, -301, 'EXPIRED'), cover(draft, 'DN', -300, 65)];
    const kept = without(base, 'EMPLOYED', 'BENEFIT_GRANTED', 'INSURED', 'VISITED');
    return [...kept, employed(draft, 44, null), ...insured, ...visits(draft, insured, list)];
  },
});

const HIV = patient(
  {
    name: 'hiv-compartment',
    note: 'Visits of the HIV compartment between ordinary ones; drugs and department would tell as much.',
    called: ['Hoàng', 'Gia', 'Nghĩa'],
    sex: 'MALE',
    born: '1991-12-01',
  },
  [
    [900, 'J02.9'],
    [500, 'Z21'],
    [250, 'B24'],
    [90, 'B24'],
    [40, 'J06.9'],
  ],
);
const MENTAL = patient(
  {
    name: 'mental-compartment',
    note: 'Visits of the mental health compartment, in a hospital whose name already tells it, and one for dependence.',
    called: ['Bùi', 'Khánh', 'Linh'],
    sex: 'FEMALE',
    born: '1997-10-10',
  },
  [
    [700, 'F41.1'],
    [350, 'F32.1'],
    [200, 'F15.2'],
    [80, 'F33.1'],
    [35, 'R51'],
  ],
);
const REPRODUCTIVE = patient(
  {
    name: 'reproductive-compartment',
    note: 'Visits of the reproductive and genetic compartments beside an ordinary delivery.',
    called: ['Lê', 'Bảo', 'Trâm'],
    sex: 'FEMALE',
    born: '1993-07-03',
  },
  [
    [1100, 'O04.9'],
    [600, 'Z32.1'],
    [380, 'O80.0'],
    [200, 'D56.1'],
    [60, 'Z30.1'],
  ],
);

const CHRONIC = ['I10', 'E11.9', 'N18.5', 'M17.9', 'K29.5', 'E78.2', 'M47.9', 'J44.9'] as const;
const HEAVY: VisitList = Array.from({ length: 10_000 }, (_, index) => [
  3650 - Math.floor(index * 0.3649),
  CHRONIC[index % CHRONIC.length]!,
]);

/** The events are told only when somebody reads them: 10,000 visits take a while. */
const HEAVY_RECORD: Spec = {
  name: 'heavy-record',
  note: 'Ten thousand visits: what must be paged, and never read as a whole.',
  called: ['Nguyễn', 'Thị', 'Nhẫn'],
  sex: 'FEMALE',
  born: '1962-02-22',
  career: 'NONE',
  tell: ({ draft, base }) => [...without(base, 'INSURED', 'VISITED'), cover(draft, 'GD', -3700, 65)],
  person: (person, { draft }) => {
    let events: Person['events'] | undefined;
    return {
      ...person,
      get events() {
        events ??= [...person.events, ...visits(draft, person.events, HEAVY)];
        return events;
      },
    };
  },
};

/** What can be odd about health insurance and health records. */
export const healthFamilies: readonly FamilySpec[] = [
  alone('20195', 'Tổ 12', '2013-08-20', LOST),
  alone('11299', 'Số 4 đường Phạm Phú Thứ', '2016-04-04', WITHDRAWN),
  alone('11302', 'Số 8 đường Sở Dầu', '2012-02-12', UNINSURED),
  alone('25744', 'Số 33 đường Phú Lợi', '2014-11-11', HIV),
  alone('25741', 'Số 12 đường Hiệp Thành', '2019-01-09', MENTAL),
  alone('22333', 'Số 70 đường Hai Tháng Tư', '2018-08-28', REPRODUCTIVE),
  alone('31117', 'Số 5 hẻm 12', '2003-03-13', HEAVY_RECORD),
];
