import { expect, test } from 'vitest';
import type { Card } from '../../../subgraphs/id-cards/loaders.ts';
import { qrTextOf } from '../../../subgraphs/id-cards/qr.ts';

const card = {
  documentNumber: '099098123456',
  oldNumber: null,
  cancelledNumber: '099098654321',
  fullName: 'Đỗ Thị Hòa',
  dateOfBirth: '1998-05',
  sex: 'Nữ',
  residence: 'Thôn 1, Xã Tân Hương',
  issuedOn: '2024-08-15',
} as Card;
const seven = '099098123456||Đỗ Thị Hòa|00051998|Nữ|Thôn 1, Xã Tân Hương|15082024';

test.each([
  ['a chip card has seven fields and never a cancelled number', 'BASIC', seven],
  ['a card since 1/7/2024 adds it', 'EXTENDED', `${seven}|099098654321`],
  ['a document without a code has no text', null, null],
])('%s', (_, qrLayout, expected) => {
  expect(qrTextOf({ ...card, qrLayout })).toBe(expected);
});
