import type { Coded } from '#db/population';

/** A dose of the national schedule (circular 10/2024/TT-BYT): vaccine, number of the dose, days after birth. */
export const schedule: readonly (readonly [code: string, dose: number, ageDays: number])[] = [
  ['BCG', 1, 2],
  ['HEPB', 1, 1],
  ['DPT-VGB-HIB', 1, 62],
  ['DPT-VGB-HIB', 2, 93],
  ['DPT-VGB-HIB', 3, 124],
  ['OPV', 1, 62],
  ['MEASLES', 1, 275],
  ['MR', 1, 550],
];

export const vaccines: readonly Coded[] = [
  { code: 'BCG', name: 'Vắc xin phòng lao (BCG)' },
  { code: 'HEPB', name: 'Vắc xin viêm gan B sơ sinh' },
  { code: 'DPT-VGB-HIB', name: 'Vắc xin bạch hầu, ho gà, uốn ván, viêm gan B, Hib' },
  { code: 'OPV', name: 'Vắc xin bại liệt uống' },
  { code: 'MEASLES', name: 'Vắc xin sởi đơn' },
  { code: 'MR', name: 'Vắc xin sởi, rubella' },
  { code: 'TT', name: 'Vắc xin uốn ván' },
  { code: 'COVID-19', name: 'Vắc xin COVID-19' },
];
