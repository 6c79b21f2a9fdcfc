import { describe, expect, test } from 'vitest';
import { households } from '#db/population';
import { milestoneOf } from '../../../subgraphs/id-cards/milestones.ts';
import { testAsOf } from '../../support/agency-under-test.ts';

describe('a card lasts until', () => {
  test.each([
    ['a child of four: until 14', '2024-09-01', '2020-03-05', { age: 14, on: '2034-03-05' }],
    ['just fourteen: until 25', '2026-06-10', '2012-05-20', { age: 25, on: '2037-05-20' }],
    ['on the birthday itself: the next', '2026-05-20', '2012-05-20', { age: 25, on: '2037-05-20' }],
    ['more than two years before 25', '2021-03-15', '1998-05-02', { age: 25, on: '2023-05-02' }],
    ['exactly two years before 25', '2021-05-02', '1998-05-02', { age: 25, on: '2023-05-02' }],
    [
      'a day less than two years before 25: until 40',
      '2021-05-03',
      '1998-05-02',
      { age: 40, on: '2038-05-02' },
    ],
    ['after 25: until 40', '2024-08-15', '1998-05-02', { age: 40, on: '2038-05-02' }],
    ['less than two years before 60: no term', '2020-01-01', '1961-06-07', null],
    ['after 60: no term', '2021-03-01', '1960-02-03', null],
    [
      'born on 29 February: 1 March of a common year',
      '2021-01-01',
      '2008-02-29',
      { age: 25, on: '2033-03-01' },
    ],
  ])('%s', (_, issuedOn, bornOn, expected) => {
    expect(milestoneOf(issuedOn, bornOn)).toEqual(expected);
  });
});

test('every card of the population that age ends prints that day', () => {
  const people = [...households({ seed: 3, citizens: 600, asOf: testAsOf })].flatMap(({ members }) =>
    members.map(({ person }) => person),
  );
  const cards = people.flatMap(({ bornOn, dateOfBirth, events }) =>
    events
      .filter((event) => event.kind === 'DOCUMENT_ISSUED')
      .filter(({ documentType }) => ['CCCD_BARCODE', 'CCCD_CHIP', 'CAN_CUOC'].includes(documentType))
      .filter(() => dateOfBirth === bornOn)
      .map(({ on, expiresOn }) => ({ on, bornOn, expiresOn })),
  );
  expect(cards.length).toBeGreaterThan(400);
  const wrong = cards.filter(
    ({ on, bornOn, expiresOn }) => (milestoneOf(on, bornOn)?.on ?? null) !== expiresOn,
  );
  expect(wrong).toEqual([]);
});
