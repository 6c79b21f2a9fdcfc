import { addYears, dayText, type DayNumber } from '../calendar.ts';
import { bornAgo, representedBy } from './events.ts';
import { alone, without, type FamilySpec, type Spec } from './spec.ts';
import { tellChild, tellFull, tellSixth } from './told.ts';

const AN: Spec = {
  name: 'nguyen-van-an',
  note: 'The full profile: every category has several rows; father of two children under 14.',
  called: ['Nguyễn', 'Văn', 'An'],
  sex: 'MALE',
  born: '1985-04-12',
  spouse: 'tran-thi-binh',
  tell: tellFull,
};
const BINH: Spec = {
  name: 'tran-thi-binh',
  note: 'Level 2 mother of the same two children: their other legal representative.',
  called: ['Trần', 'Thị', 'Bình'],
  sex: 'FEMALE',
  born: '1987-09-30',
  spouse: 'nguyen-van-an',
  relation: 'SPOUSE',
  career: 'STATE',
};

const core = (today: DayNumber): FamilySpec => {
  const child = { relation: 'CHILD', father: AN.name, mother: BINH.name, level: 0 } as const;
  return {
    ward: '00004',
    line: 'Số 12 phố Trấn Vũ',
    since: '2010-03-10',
    members: [
      AN,
      BINH,
      {
        ...child,
        name: 'child-13-364-days',
        note: 'Turns 14 tomorrow: still a dependant today.',
        called: ['Nguyễn', 'Minh', 'Khôi'],
        sex: 'MALE',
        born: addYears(today + 1, -14),
        tell: tellChild,
      },
      {
        ...child,
        name: 'child-6',
        note: 'Six years old: the age from which level 2 is possible through a representative.',
        called: ['Nguyễn', 'Bảo', 'Ngọc'],
        sex: 'FEMALE',
        born: bornAgo(today, 6, 40),
        tell: tellSixth,
      },
    ],
  };
};

const strangers = (today: DayNumber): FamilySpec => ({
  ward: '31117',
  line: 'Số 77 đường Nguyễn Trãi',
  since: '2013-05-02',
  members: [
    {
      name: 'stranger',
      note: 'An adult unrelated to all others, with every category filled: for attempts at reading a foreign profile.',
      called: ['Võ', 'Thanh', 'Tùng'],
      sex: 'MALE',
      born: '1983-02-17',
      tell: tellFull,
    },
    {
      name: 'stranger-child',
      isListed: false,
      note: 'The only dependant of the stranger.',
      called: ['Võ', 'Gia', 'Hân'],
      sex: 'FEMALE',
      born: bornAgo(today, 9, 15),
      relation: 'CHILD',
      father: 'stranger',
      level: 0,
      tell: tellChild,
    },
  ],
});

const MOTHER: Spec = {
  name: 'mother-of-teenager',
  note: 'Mother of a child who is 14 today, of one who is 16 and of a newborn.',
  called: ['Lê', 'Thị', 'Cúc'],
  sex: 'FEMALE',
  born: '1986-01-05',
  maritalStatus: 'DIVORCED',
};

const teenager = (today: DayNumber): FamilySpec => {
  const child = { relation: 'CHILD', mother: MOTHER.name } as const;
  return {
    ward: '22366',
    line: 'Số 3 đường Trần Phú',
    since: '2008-08-08',
    members: [
      MOTHER,
      {
        ...child,
        name: 'child-14-today',
        note: 'Fourteen today: no longer a dependant, must have a card, has no account yet.',
        called: ['Lê', 'Đức', 'Duy'],
        sex: 'MALE',
        born: addYears(today, -14),
        level: 0,
        tell: tellChild,
      },
      {
        ...child,
        name: 'teenager-16',
        note: 'Sixteen with an own level 2 account; still represented by the mother, who no longer lists them.',
        called: ['Lê', 'Khánh', 'Vy'],
        sex: 'FEMALE',
        born: bornAgo(today, 16, 20),
        level: 2,
        tell: tellChild,
      },
      {
        ...child,
        name: 'newborn',
        note: 'Forty days old: no document, insured as a child under six.',
        called: ['Lê', 'An', 'Nhiên'],
        sex: 'FEMALE',
        born: today - 40,
        level: 0,
      },
    ],
  };
};

const childOfSeparated = (today: DayNumber): Spec => ({
  name: 'child-of-separated',
  note: 'Represented by the mother alone since a court ended the father’s custody.',
  called: ['Đỗ', 'Nhật', 'Minh'],
  sex: 'MALE',
  born: bornAgo(today, 8, 100),
  relation: 'CHILD',
  father: 'separated-father',
  mother: 'separated-mother',
  level: 0,
  tell: ({ draft, base, of }) => {
    const parental = { relation: 'CHILD_BIOLOGICAL', basis: 'PARENTAL', from: dayText(draft.born) } as const;
    return [
      ...without(base, 'REPRESENTED'),
      representedBy(of('separated-mother'), { ...parental, documentNo: null, to: null }),
      representedBy(of('separated-father'), {
        ...parental,
        documentNo: '45/QĐ-TA',
        to: dayText(today - 120),
      }),
    ];
  },
});

const separated = (today: DayNumber): FamilySpec[] => [
  {
    ward: '10507',
    line: 'Số 21 đường Nguyễn Lương Bằng',
    since: '2016-11-20',
    members: [
      {
        name: 'separated-mother',
        note: 'Divorced mother who has custody of the child.',
        called: ['Phạm', 'Thu', 'Hà'],
        sex: 'FEMALE',
        born: '1990-06-14',
        maritalStatus: 'DIVORCED',
      },
      childOfSeparated(today),
    ],
  },
  alone('11296', 'Số 9 đường Hùng Vương', '2020-02-15', {
    name: 'separated-father',
    note: 'Divorced father whose custody was ended by a court: may no longer read the child.',
    called: ['Đỗ', 'Quang', 'Huy'],
    sex: 'MALE',
    born: '1988-12-01',
    maritalStatus: 'DIVORCED',
  }),
];

/** Parents and their children. */
export const parentFamilies = (today: DayNumber): FamilySpec[] => [
  core(today),
  strangers(today),
  teenager(today),
  ...separated(today),
];
