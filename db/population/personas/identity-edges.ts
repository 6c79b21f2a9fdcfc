import { dayText, parseDay, type DayNumber } from '../calendar.ts';
import { personalIdOf } from '../identity.ts';
import type { Identifier, Person } from '../person.ts';
import { bornAgo } from './events.ts';
import { alone, without, type FamilySpec, type Spec } from './spec.ts';

const withIdentifiers = (person: Person, ...more: readonly Identifier[]): Person => ({
  ...person,
  identifiers: [...person.identifiers, ...more],
});

const ACCOUNTS: readonly FamilySpec[] = [
  alone('25747', 'Số 5 đường Bạch Đằng', '2018-04-01', {
    name: 'level-1-only',
    note: 'Has a level 1 account only: sees the core data, no integrated category.',
    called: ['Đặng', 'Hữu', 'Phước'],
    sex: 'MALE',
    born: '1992-10-10',
    level: 1,
  }),
  alone('26734', 'Số 88 đường Hai Bà Trưng', '2011-01-15', {
    name: 'no-account',
    note: 'An adult with a card who never opened an account.',
    called: ['Mai', 'Thị', 'Nụ'],
    sex: 'FEMALE',
    born: '1969-02-28',
    level: 0,
  }),
  alone('00619', 'Số 6 đường Phú Diễn', '2017-07-17', {
    name: 'locked-account',
    note: 'Level 2, but the account was locked at the holder’s own request.',
    called: ['Phan', 'Quốc', 'Bảo'],
    sex: 'MALE',
    born: '1995-05-05',
    account: { state: 'LOCKED', lockCause: 'OWN_REQUEST' },
  }),
];

const cancelledId: Spec = {
  name: 'cancelled-id',
  note: 'The first personal number was wrong and cancelled: a look-up by it leads to the current citizen.',
  called: ['Vũ', 'Thị', 'Hường'],
  sex: 'FEMALE',
  born: '1991-03-08',
  person: (person) =>
    withIdentifiers(person, {
      type: 'CANCELLED_PERSONAL_ID',
      value: personalIdOf('FEMALE', 1990, 999_901),
      validFrom: '2016-01-01',
      validTo: '2021-06-01',
    }),
};

const sexMismatch: Spec = {
  name: 'sex-digit-mismatch',
  note: 'The number says male, the record female: lawful after a correction, a warning and not an error.',
  called: ['Trịnh', 'Minh', 'Châu'],
  sex: 'FEMALE',
  born: '1998-08-18',
  draft: (draft) => ({ ...draft, personalId: personalIdOf('MALE', 1998, 999_902) }),
};

const yearOnly: Spec = {
  name: 'year-only-birth',
  note: 'Only the year of birth is known; the documents say so too.',
  called: ['Hồ', 'Thị', 'Tư'],
  sex: 'FEMALE',
  born: '1938-01-01',
  career: 'NONE',
  maritalStatus: 'WIDOWED',
  person: (person) => ({ ...person, dateOfBirth: '1938' }),
};

const foreigner: Spec = {
  name: 'foreigner',
  note: 'A foreign resident with a passport and a foreigner’s number, without card, hometown or birth registration.',
  called: ['Tanaka', null, 'Yuki'],
  sex: 'FEMALE',
  born: '1989-04-24',
  draft: (draft) => ({
    ...draft,
    nationality: { code: 'JP', name: 'Nhật Bản' },
    birthUnit: null,
    hometown: null,
    hasMoved: false,
  }),
  tell: ({ base }) => without(base, 'DOCUMENT_ISSUED'),
  person: (person) =>
    withIdentifiers(
      {
        ...person,
        ethnicity: { code: '55', name: 'Người nước ngoài' },
        integration: { idCards: 'NOT_FOUND' },
      },
      { type: 'FOREIGNER_ID', value: '099990000019', validFrom: '2022-06-01', validTo: null },
      { type: 'PASSPORT', value: 'ZZ0990019', validFrom: '2021-05-10', validTo: '2031-05-09' },
    ),
};

const undetermined = (today: DayNumber): Spec => ({
  name: 'undetermined-nationality',
  note: 'Of Vietnamese origin with undetermined nationality: holds a certificate of identity instead of a card.',
  called: ['Danh', 'Sa', 'Rinh'],
  sex: 'MALE',
  born: '1976-12-12',
  level: 0,
  career: 'NONE',
  draft: (draft) => ({
    ...draft,
    nationality: { code: 'XX', name: 'Chưa xác định' },
    ethnicity: { code: '05', name: 'Khmer' },
  }),
  tell: ({ draft, base }) => [
    ...without(base, 'DOCUMENT_ISSUED'),
    {
      kind: 'DOCUMENT_ISSUED',
      documentType: 'GIAY_CHUNG_NHAN_CAN_CUOC',
      number: draft.personalId,
      on: dayText(today - 300),
      expiresOn: dayText(today + 430),
      reissueReason: 'FIRST_ISSUE',
      status: 'VALID',
      residence: draft.dwelling,
    },
  ],
});

const couple = (today: DayNumber): FamilySpec => ({
  ward: '22330',
  line: 'Số 31 đường Hòn Chồng',
  since: '1990-02-02',
  members: [
    {
      name: 'surviving-spouse',
      note: 'Widow who draws a survivor’s pension.',
      called: ['Dương', 'Thị', 'Lành'],
      sex: 'FEMALE',
      born: '1955-10-20',
      spouse: 'deceased',
      maritalStatus: 'WIDOWED',
      career: 'NONE',
      tell: ({ base }) => [
        ...base,
        {
          kind: 'BENEFIT_GRANTED',
          benefit: 'SURVIVOR',
          from: dayText(today - 170),
          to: null,
          amount: 1_170_000,
          monthly: true,
        },
      ],
    },
    {
      name: 'deceased',
      note: 'Died some months ago: the account is locked, the card revoked, the residence removed.',
      called: ['Cao', 'Văn', 'Sáu'],
      sex: 'MALE',
      born: '1950-09-09',
      died: today - 200,
      spouse: 'surviving-spouse',
      relation: 'SPOUSE',
      account: { state: 'LOCKED', lockCause: 'DEATH' },
      career: 'STATE',
    },
  ],
});

const missing: Spec = {
  name: 'missing-person',
  note: 'Declared missing by a court: alive for the registers, but every account and consent rests.',
  called: ['Lý', 'Văn', 'Khải'],
  sex: 'MALE',
  born: '1982-06-30',
  level: 0,
  person: (person) => ({ ...person, lifeStatus: 'MISSING' }),
};

const lostCard = (today: DayNumber): Spec => ({
  name: 'lost-card',
  note: 'The last card was reported lost and not yet replaced: a history without a valid document.',
  called: ['Tạ', 'Ngọc', 'Diệp'],
  sex: 'FEMALE',
  born: '2000-11-11',
  tell: ({ draft, base }) => [
    ...without(base, 'DOCUMENT_ISSUED'),
    {
      kind: 'DOCUMENT_ISSUED',
      documentType: 'CCCD_CHIP',
      number: draft.personalId,
      on: '2021-09-14',
      expiresOn: '2025-11-11',
      reissueReason: 'FIRST_ISSUE',
      status: 'REPLACED',
      residence: draft.dwelling,
    },
    {
      kind: 'DOCUMENT_ISSUED',
      documentType: 'CAN_CUOC',
      number: draft.personalId,
      on: dayText(Math.min(parseDay('2025-10-20'), today - 60)),
      expiresOn: '2040-11-11',
      reissueReason: 'AGE_MILESTONE',
      status: 'LOST',
      residence: draft.dwelling,
    },
  ],
});

/** Accounts, numbers, names of state: what can be odd about who somebody is. */
export const identityFamilies = (today: DayNumber): FamilySpec[] => [
  ...ACCOUNTS,
  alone('16387', 'Thôn Đông Khê', '2012-12-12', cancelledId),
  alone('06325', 'Khu phố 2', '1960-01-01', yearOnly),
  alone('31120', 'Số 10 đường Lý Thường Kiệt', '2020-10-10', sexMismatch),
  alone('26740', 'Số 2 đường Đồng Khởi', '2022-06-01', foreigner),
  alone('31123', 'Số 1 đường Ba Tháng Hai', '2001-03-03', undetermined(today)),
  couple(today),
  alone('20197', 'Số 60 đường Âu Cơ', '2009-09-09', missing),
  alone('22327', 'Số 17 đường Điện Biên Phủ', '2023-05-15', lostCard(today)),
  alone('00343', 'Số 99 đường Nguyễn Trãi', '2005-05-25', {
    name: 'centenarian',
    note: 'A hundred years old: the oldest possible documents, a social pension, no account.',
    called: ['Đinh', 'Thị', 'Cả'],
    sex: 'FEMALE',
    born: bornAgo(today, 100, 30),
    level: 0,
    career: 'NONE',
    maritalStatus: 'WIDOWED',
  }),
];
