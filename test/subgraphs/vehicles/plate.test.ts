import { describe, expect, test } from 'vitest';
import { parsePlate, stripPlate, type PlateKind } from '../../../subgraphs/vehicles/plate.ts';

describe('a plate is read', () => {
  test.each<[string, PlateKind, string, string, boolean]>([
    ['30A-123.45', 'CAR', '30A12345', '30A-123.45', true],
    ['30a 123 45', 'CAR', '30A12345', '30A-123.45', true],
    ['30A12345', 'CAR', '30A12345', '30A-123.45', true],
    ['51LD-000.01', 'CAR', '51LD00001', '51LD-000.01', true],
    ['29A-1234', 'CAR', '29A1234', '29A-1234', false],
    ['29-B1 123.45', 'MOTORCYCLE', '29B112345', '29-B1 123.45', true],
    ['29-AA 123.45', 'MOTORCYCLE', '29AA12345', '29-AA 123.45', true],
    ['29AA-123.45', 'CAR', '29AA12345', '29AA-123.45', true],
    ['30-A1 2345', 'MOTORCYCLE', '30A12345', '30-A1 2345', false],
    ['99-Z9 999.99', 'MOTORCYCLE', '99Z999999', '99-Z9 999.99', true],
  ])('%s of a %s', (text, kind, canonical, number, isIdentification) => {
    expect(parsePlate(text, kind)).toEqual({ kind, canonical, number, isIdentification });
    expect(parsePlate(number, kind)?.canonical).toBe(canonical);
  });
});

describe('no civil plate', () => {
  test.each<[string, PlateKind]>([
    ['10A-123.45', 'CAR'],
    ['3A-123.45', 'CAR'],
    ['30A-000.00', 'CAR'],
    ['30A-0000', 'CAR'],
    ['30A-123.456', 'CAR'],
    ['30ABC-123.45', 'CAR'],
    ['29-B1 123.45', 'CAR'],
    ['29-B 123.45', 'MOTORCYCLE'],
    ['TM-12-34', 'CAR'],
    ['80-NG-123-45', 'CAR'],
    ['３０A-123.45', 'CAR'],
    ['', 'CAR'],
  ])('%j of a %s', (text, kind) => {
    expect(parsePlate(text, kind)).toBeNull();
  });
});

test('separators and case go, nothing else', () => {
  expect(stripPlate(' tm-12.34\t')).toBe('TM1234');
});
