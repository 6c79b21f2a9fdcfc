import type { Draft } from './draft.ts';
import { chanceOf } from './draft.ts';
import type { Category, IntegrationStatus, Person } from './person.ts';

const CATEGORIES: readonly Category[] = [
  'dependants',
  'drivingLicences',
  'vehicles',
  'healthInsurance',
  'socialInsurance',
  'healthRecords',
];
const STATES: readonly (readonly [IntegrationStatus, number])[] = [
  ['NOT_REQUESTED', 6],
  ['PENDING', 3],
  ['MISMATCH', 1],
  ['NOT_FOUND', 1],
];

/** What an ordinary holder of a level 2 account has not, or not yet, integrated into the e-ID: something for one in six. */
export function drawIntegration(draft: Draft): Person['integration'] {
  if (draft.account?.level !== 2 || draft.number < 0) return {};
  const random = chanceOf(draft, 'integration');
  return random.chance(0.16) ? { [random.pick(CATEGORIES)]: random.weighted(STATES) } : {};
}
