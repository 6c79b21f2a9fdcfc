import type { drugCatalogue } from '../tables/index.ts';

type Drug = typeof drugCatalogue.$inferInsert;

/** A drug with what a prescription of it looks like. */
export interface Prescribed extends Drug {
  /** Đồng for one unit. */
  readonly price: number;
  readonly dosage: string;
  /** Units a day. */
  readonly perDay: number;
}

type Line = readonly [string, string, string, string, number, number, string];

const tablets: readonly Line[] = [
  [
    '40.48',
    'Paracetamol',
    '500mg',
    'VD-20001-23',
    480,
    3,
    'Ngày uống 3 lần, mỗi lần 1 viên khi sốt hoặc đau',
  ],
  ['40.154', 'Amoxicilin', '500mg', 'VD-20002-23', 1150, 2, 'Ngày uống 2 lần, mỗi lần 1 viên'],
  ['40.998', 'Acetylcystein', '200mg', 'VD-20003-23', 700, 3, 'Ngày uống 3 lần, mỗi lần 1 viên'],
  ['40.84', 'Loratadin', '10mg', 'VD-20004-23', 620, 1, 'Ngày uống 1 lần, mỗi lần 1 viên'],
  ['40.491', 'Amlodipin', '5mg', 'VD-20005-23', 510, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, buổi sáng'],
  ['40.520', 'Losartan kali', '50mg', 'VD-20006-23', 1300, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, buổi sáng'],
  ['40.549', 'Atorvastatin', '20mg', 'VD-20007-23', 1650, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, buổi tối'],
  [
    '40.807',
    'Metformin hydroclorid',
    '850mg',
    'VD-20008-23',
    820,
    2,
    'Ngày uống 2 lần, mỗi lần 1 viên, sau ăn',
  ],
  ['40.800', 'Gliclazid', '30mg', 'VD-20009-23', 1450, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, trước ăn sáng'],
  ['40.677', 'Omeprazol', '20mg', 'VD-20010-23', 560, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, trước ăn'],
  ['40.41', 'Meloxicam', '7,5mg', 'VD-20011-23', 430, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, sau ăn'],
  ['40.64', 'Glucosamin', '500mg', 'VD-20012-23', 1800, 2, 'Ngày uống 2 lần, mỗi lần 1 viên'],
  ['40.215', 'Ciprofloxacin', '500mg', 'VD-20013-23', 1250, 2, 'Ngày uống 2 lần, mỗi lần 1 viên'],
  [
    '40.818',
    'Levothyroxin natri',
    '50mcg',
    'VD-20014-23',
    1020,
    1,
    'Ngày uống 1 lần, mỗi lần 1 viên, trước ăn sáng',
  ],
  ['40.439', 'Sắt và acid folic', '60mg + 0,4mg', 'VD-20015-23', 900, 1, 'Ngày uống 1 lần, mỗi lần 1 viên'],
  [
    '40.1056',
    'Vitamin B1, B6, B12',
    '125mg + 12,5mg + 125mcg',
    'VD-20016-23',
    650,
    2,
    'Ngày uống 2 lần, mỗi lần 1 viên',
  ],
  [
    '40.305',
    'Tenofovir, lamivudin, dolutegravir',
    '300mg + 300mg + 50mg',
    'VN-20017-23',
    9200,
    1,
    'Ngày uống 1 lần, mỗi lần 1 viên',
  ],
  ['40.979', 'Sertralin', '50mg', 'VD-20018-23', 4300, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, buổi sáng'],
  ['40.968', 'Olanzapin', '10mg', 'VD-20019-23', 2600, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, buổi tối'],
  ['40.943', 'Diazepam', '5mg', 'VD-20020-23', 1260, 1, 'Ngày uống 1 lần, mỗi lần 1 viên, buổi tối'],
  ['40.966', 'Methadon hydroclorid', '10mg', 'VD-20021-23', 3500, 4, 'Uống trước mặt nhân viên y tế'],
  ['40.770', 'Misoprostol', '200mcg', 'VD-20022-23', 4200, 4, 'Theo hướng dẫn của bác sĩ'],
];

const others: readonly Prescribed[] = [
  {
    code: '40.696',
    name: 'Natri clorid, natri citrat, kali clorid, glucose khan (Oresol)',
    strength: '4,1g',
    dosageForm: 'Thuốc bột',
    route: 'Uống',
    unit: 'Gói',
    registrationNumber: 'VD-20051-23',
    groupCode: '4',
    price: 1600,
    dosage: 'Pha 1 gói với 200ml nước, uống sau mỗi lần đi ngoài',
    perDay: 4,
  },
  {
    code: '40.880',
    name: 'Natri clorid',
    strength: '0,9% 10ml',
    dosageForm: 'Thuốc nhỏ mắt',
    route: 'Nhỏ mắt',
    unit: 'Lọ',
    registrationNumber: 'VD-20052-23',
    groupCode: '4',
    price: 1900,
    dosage: 'Ngày nhỏ 4 lần, mỗi lần 1 giọt',
    perDay: 0.2,
  },
  {
    code: '40.595',
    name: 'Clotrimazol',
    strength: '1% 15g',
    dosageForm: 'Kem bôi da',
    route: 'Dùng ngoài',
    unit: 'Tuýp',
    registrationNumber: 'VD-20053-23',
    groupCode: '4',
    price: 12_500,
    dosage: 'Ngày bôi 2 lần',
    perDay: 0.15,
  },
];

const tablet = ([code, name, strength, registrationNumber, price, perDay, dosage]: Line): Prescribed => ({
  ...{ code, name, strength, registrationNumber, price, perDay, dosage },
  dosageForm: 'Viên nén',
  route: 'Uống',
  unit: 'Viên',
  groupCode: '4',
});

/** The drugs of the synthetic records; codes after the list of circular 20/2022/TT-BYT, registrations invented. */
export const drugs: readonly Prescribed[] = [...tablets.map(tablet), ...others];
