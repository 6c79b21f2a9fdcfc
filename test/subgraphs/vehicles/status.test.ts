import { describe, expect, test } from 'vitest';
import {
  earliestExpiryOf,
  isKept,
  isOwned,
  licenceStatusOf,
  reservedUntil,
  vehicleStatusOf,
} from '../../../subgraphs/vehicles/status.ts';

const termsOf = (days: readonly (string | null)[]) => days.map((expiresOn) => ({ expiresOn }));

describe('a licence', () => {
  test.each<[string, string | null, readonly (string | null)[], string, string]>([
    ['on the last day of its class', null, ['2026-11-01'], '2026-11-01', 'VALID'],
    ['a day later', null, ['2026-11-01'], '2026-11-02', 'EXPIRED'],
    ['with one class left', null, ['2026-11-01', '2030-01-01'], '2026-11-02', 'VALID'],
    ['with a class without term', null, ['2020-01-01', null], '2026-11-02', 'VALID'],
    ['suspended', 'SUSPENDED', ['2030-01-01'], '2026-11-02', 'SUSPENDED'],
    ['held', 'TEMPORARILY_HELD', [null], '2026-11-02', 'TEMPORARILY_HELD'],
    ['revoked, though out of term', 'REVOKED', ['2020-01-01'], '2026-11-02', 'REVOKED'],
  ])('%s', (_, restraint, days, today, status) => {
    expect(licenceStatusOf(restraint, termsOf(days), today)).toBe(status);
  });

  test.each<[readonly (string | null)[], string | null]>([
    [[null, null], null],
    [['2030-01-01', null, '2028-01-01'], '2028-01-01'],
  ])('prints the day of the class that ends first: %j', (days, expected) => {
    expect(earliestExpiryOf(termsOf(days))).toBe(expected);
  });
});

describe('a registration', () => {
  test.each<[string, string | null, string, string]>([
    ['ACTIVE', null, '2026-11-01', 'ACTIVE'],
    ['LOST', null, '2026-11-01', 'LOST'],
    ['ACTIVE', '2026-11-01', '2026-10-31', 'ACTIVE'],
    ['ACTIVE', '2026-11-01', '2026-11-01', 'REVOKED'],
    ['TRANSFER_PENDING', '2026-11-01', '2026-11-01', 'REVOKED'],
  ])('%s, disposed of on %s: on %s', (status, disposedOn, today, expected) => {
    expect(vehicleStatusOf({ status, disposedOn }, today)).toBe(expected);
  });
});

describe('an identification plate', () => {
  const inUse = { assignedOn: '2023-08-15', keptFrom: null };
  const kept = { assignedOn: '2023-08-15', keptFrom: '2024-02-29' };
  test.each<
    [string, { assignedOn: string; keptFrom: string | null }, string, boolean, boolean, string | null]
  >([
    ['before plates belonged to owners', inUse, '2023-08-14', false, false, null],
    ['in use', inUse, '2050-01-01', true, false, null],
    ['the day before it was taken off', kept, '2024-02-28', true, false, null],
    ['from the day it was taken off', kept, '2024-02-29', true, true, '2029-03-01'],
    ['on the last day of five years', kept, '2029-03-01', true, true, '2029-03-01'],
    ['a day later', kept, '2029-03-02', false, true, '2029-03-01'],
  ])('%s', (_, plate, today, owned, isInReserve, until) => {
    expect([isOwned(plate, today), isKept(plate, today), reservedUntil(plate, today)]).toEqual([
      owned,
      isInReserve,
      until,
    ]);
  });
});
