import { describe, expect, test } from 'vitest';
import { loadAgencies } from '../../subgraphs/registry.ts';
import { guardedCoordinates, judgeCoordinate } from '../support/guard-table.ts';

const table = (await loadAgencies()).flatMap((agency) =>
  guardedCoordinates(agency).map((coordinate) => [agency.name, coordinate, agency] as const),
);

describe('without a right there is null, the code, and the resolver never ran', () => {
  test('of every category', () => expect(table.length).toBeGreaterThan(35));

  test.each(table)('%s: %s', async (_, coordinate, agency) => {
    expect(await judgeCoordinate(agency, coordinate)).toEqual([]);
  });
});
