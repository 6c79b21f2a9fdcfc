import { dayText, type DayNumber } from '../calendar.ts';
import { bornAgo, representedBy } from './events.ts';
import type { FamilySpec, Spec } from './spec.ts';
import { tellChild } from './told.ts';

const WARD_ADULT: Spec = {
  name: 'ward-adult',
  note: 'An adult without capacity to act, under a guardian appointed by a court.',
  called: ['Huỳnh', 'Thị', 'Sương'],
  sex: 'FEMALE',
  born: '1979-07-19',
  relation: 'WARD',
  level: 0,
  career: 'NONE',
  tell: ({ base, of }) => [
    ...base,
    representedBy(of('court-guardian'), {
      relation: 'WARD_ADULT_INCAPACITATED',
      basis: 'GUARDIAN_BY_COURT',
      documentNo: '112/2021/QĐDS-ST',
      registeredBy: 'Tòa án nhân dân quận Liên Chiểu',
      from: '2021-10-04',
      to: null,
    }),
  ],
};

const court: FamilySpec = {
  ward: '20194',
  line: 'Số 40 đường Nguyễn Văn Cừ',
  since: '2016-09-01',
  members: [
    {
      name: 'court-guardian',
      note: 'Guardian, appointed by a court, of an adult who lost the capacity to act.',
      called: ['Huỳnh', 'Công', 'Lâm'],
      sex: 'MALE',
      born: '1974-03-22',
    },
    WARD_ADULT,
  ],
};

const WARD_COGNITIVE: Spec = {
  name: 'ward-cognitive',
  note: 'An adult with cognitive difficulty whose guardian was chosen in advance.',
  called: ['Ngô', 'Văn', 'Thọ'],
  sex: 'MALE',
  born: '1950-05-11',
  level: 0,
  maritalStatus: 'WIDOWED',
  tell: ({ base, of }) => [
    ...base,
    representedBy(of('chosen-guardian'), {
      relation: 'WARD_ADULT_COGNITIVE',
      basis: 'GUARDIAN_CHOSEN',
      documentNo: '07/2022/ĐKGH',
      from: '2022-03-15',
      to: null,
    }),
  ],
};

const chosen: FamilySpec = {
  ward: '26740',
  line: 'Số 15 đường Pasteur',
  since: '1999-01-04',
  members: [
    WARD_COGNITIVE,
    {
      name: 'chosen-guardian',
      note: 'Daughter and chosen guardian of an old man with cognitive difficulty.',
      called: ['Ngô', 'Mỹ', 'Linh'],
      sex: 'FEMALE',
      born: '1981-11-25',
      relation: 'CHILD',
      father: 'ward-cognitive',
      maritalStatus: 'SINGLE',
    },
  ],
};

const orphan = (today: DayNumber): Spec => ({
  name: 'orphan',
  note: 'A child without parents, under the guardianship of the grandmother by law.',
  called: ['Bùi', 'Hoài', 'An'],
  sex: 'FEMALE',
  born: bornAgo(today, 11, 60),
  relation: 'GRANDCHILD',
  level: 0,
  tell: (story) => [
    ...tellChild(story),
    representedBy(story.of('grandmother-guardian'), {
      relation: 'GRANDCHILD',
      basis: 'GUARDIAN_BY_LAW',
      documentNo: '03/ĐKGH',
      from: dayText(today - 1500),
      to: null,
    }),
  ],
});

const grandmother = (today: DayNumber): FamilySpec => ({
  ward: '15139',
  line: 'Thôn Phú Quý',
  since: '1985-06-20',
  members: [
    {
      name: 'grandmother-guardian',
      note: 'Guardian by law of a grandchild who has no parents.',
      called: ['Bùi', 'Thị', 'Mận'],
      sex: 'FEMALE',
      born: '1957-08-08',
      career: 'NONE',
      maritalStatus: 'WIDOWED',
    },
    orphan(today),
  ],
});

/** Guardians and their wards (Civil Code 2015, Articles 46 to 54). */
export const wardFamilies = (today: DayNumber): FamilySpec[] => [court, chosen, grandmother(today)];
