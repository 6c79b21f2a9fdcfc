import { eq, sql, type SQL } from 'drizzle-orm';
import { boolean, date, integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import * as drizzleUtils from 'drizzle-orm/utils';
import { describe, expect, test } from 'vitest';
import { connectDatabase } from '#db';
import { createRowReader, type NotNullable, type SelectedField } from '../../db/read-rows.ts';

const people = pgTable('people', {
  id: text('id'),
  bornOn: date('born_on'),
  seenAt: timestamp('seen_at', { withTimezone: true }),
});
const places = pgTable('places', {
  code: text('code'),
  size: numeric('size'),
  isOpen: boolean('is_open'),
  count: integer('count'),
});

const { orm } = connectDatabase({ url: 'postgres://nobody:nothing@127.0.0.1:1/none' });
const doubled: SQL<number> = sql<number>`1`.mapWith((value: string) => Number(value) * 2);
const joined = eq(people.id, places.code);

type MapRow = (fields: readonly SelectedField[], row: unknown[], notNullable: NotNullable) => object;
/** Not among its types. */
const { mapResultRow } = drizzleUtils as unknown as { readonly mapResultRow: MapRow };

interface Statement {
  readonly getSQL: () => unknown;
}
/** What drizzle knows of a statement. */
function describeStatement(statement: Statement) {
  const prepared = (statement as unknown as { prepare: (name: string) => unknown }).prepare('name');
  return prepared as { readonly fields: readonly SelectedField[]; readonly joinsNotNullableMap: NotNullable };
}

const instant = '2026-01-31 08:00:00+07';
const cases: readonly (readonly [
  what: string,
  statement: Statement,
  rows: readonly (readonly unknown[])[],
])[] = [
  [
    'one table',
    orm.select().from(people),
    [
      ['a', '2026-01-31', instant],
      ['b', null, null],
    ],
  ],
  [
    'chosen columns',
    orm.select({ size: places.size, twice: doubled, raw: sql`now()` }).from(places),
    [
      ['1.5', '4', 'x'],
      [null, null, null],
    ],
  ],
  [
    'a value under another name',
    orm.select({ n: sql<number>`1`.mapWith(Number).as('n') }).from(places),
    [['7'], [null]],
  ],
  [
    'a join that always finds',
    orm.select({ place: places, person: people }).from(places).innerJoin(people, joined),
    [
      ['c', '1', true, 3, 'a', null, instant],
      [null, null, null, null, null, null, null],
    ],
  ],
  [
    'a join that may not find',
    orm.select({ place: places, person: people }).from(places).leftJoin(people, joined),
    [
      ['c', '1', true, 3, null, null, null],
      ['c', '1', true, 3, 'a', null, null],
      ['c', null, null, null, null, '2026-01-31', null],
    ],
  ],
  [
    'whichever may be missing',
    orm.select({ place: places, person: people }).from(places).fullJoin(people, joined),
    [
      [null, null, null, null, 'a', null, null],
      ['c', null, null, null, null, null, null],
    ],
  ],
  [
    'values beside a joined table',
    orm.select({ n: doubled, person: people }).from(places).leftJoin(people, joined),
    [
      ['3', null, null, null],
      ['3', 'a', null, null],
    ],
  ],
  [
    'a part of two tables',
    orm
      .select({ both: { code: places.code, id: people.id } })
      .from(places)
      .leftJoin(people, joined),
    [
      [null, null],
      ['c', null],
      [null, 'a'],
    ],
  ],
  [
    'a part with a value first',
    orm
      .select({ part: { n: doubled, id: people.id } })
      .from(places)
      .leftJoin(people, joined),
    [
      ['1', null],
      [null, 'a'],
    ],
  ],
];

describe('rows are read as drizzle reads them', () => {
  test.each(cases)('%s', (_, statement, rows) => {
    const { fields, joinsNotNullableMap } = describeStatement(statement);
    const read = createRowReader(fields, joinsNotNullableMap);
    for (const row of rows) {
      const theirs = mapResultRow(fields, [...row], joinsNotNullableMap);
      expect(read?.(row)).toEqual(theirs);
      expect(JSON.stringify(read?.(row))).toBe(JSON.stringify(theirs));
    }
  });

  test('what nests deeper is left to drizzle', () => {
    const fields = [{ path: ['a', 'b', 'c'], field: people.id }];
    expect(createRowReader(fields, undefined)).toBeNull();
  });

  test('rows do not share what they are made of', () => {
    const read = createRowReader([{ path: ['id'], field: people.id }], undefined);
    const [one, other] = [read?.(['a']), read?.(['b'])];
    expect([one, other]).toEqual([{ id: 'a' }, { id: 'b' }]);
  });
});
