import type { Person } from '../person.ts';
import { alone, type FamilySpec, type Spec } from './spec.ts';

const changed =
  (more: Partial<Person>) =>
  (person: Person): Person => ({ ...person, ...more });

const TONE_MARK: Spec = {
  name: 'tone-mark-mismatch',
  note: 'The health insurer writes Hoà where the population database has Hòa; the vehicle register left the marks out.',
  called: ['Nguyễn', 'Thị', 'Hòa'],
  sex: 'FEMALE',
  born: '1988-02-03',
  person: changed({
    recordedAs: { healthInsurance: { fullName: 'Nguyễn Thị Hoà' }, vehicles: { fullName: 'NGUYEN THI HOA' } },
    integration: { vehicles: 'MISMATCH' },
  }),
};

const BIRTH_DATE: Spec = {
  name: 'birth-date-mismatch',
  note: 'Social insurance and health records have other birth dates than the population database.',
  called: ['Trần', 'Đại', 'Nghĩa'],
  sex: 'MALE',
  born: '1975-11-03',
  person: changed({
    recordedAs: { socialInsurance: { dateOfBirth: '1975-03-11' }, healthRecords: { dateOfBirth: '1975' } },
    integration: { socialInsurance: 'MISMATCH' },
  }),
};

const PENDING: Spec = {
  name: 'agency-pending',
  note: 'Some categories are not integrated into the e-ID yet, or were not found by the agency.',
  called: ['Dương', 'Tuấn', 'Anh'],
  sex: 'MALE',
  born: '1987-08-27',
  person: changed({
    integration: {
      healthInsurance: 'PENDING',
      socialInsurance: 'PENDING',
      drivingLicences: 'NOT_FOUND',
      vehicles: 'NOT_REQUESTED',
    },
  }),
};

const decomposed = 'Đặng Thị Tuyết'.normalize('NFD');

const NFD: Spec = {
  name: 'nfd-name',
  note: 'Two agencies received the name in Unicode form NFD: it must be stored and found in NFC.',
  called: ['Đặng', 'Thị', 'Tuyết'],
  sex: 'FEMALE',
  born: '1993-09-05',
  person: changed({
    otherNames: ['Đặng Thị Bạch Tuyết'.normalize('NFD')],
    recordedAs: { residence: { fullName: decomposed }, healthInsurance: { fullName: decomposed } },
  }),
};

/** What agencies write down differently. */
export const spellingFamilies: readonly FamilySpec[] = [
  alone('26737', 'Số 21 đường Nguyễn Bỉnh Khiêm', '2011-06-01', TONE_MARK),
  alone('15139', 'Thôn 4', '2009-12-31', BIRTH_DATE),
  alone('20195', 'Tổ 3', '2021-04-14', PENDING),
  alone('00619', 'Số 30 phố Kiều Mai', '2016-10-20', NFD),
];
