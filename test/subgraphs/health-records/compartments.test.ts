import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase, type Database } from '#db';
import type { Person, Visit } from '#db/population';
import { encodeCursor, visibleTo } from '#kit';
import { healthCompartments } from '#schema';
import { healthRecords } from '../../../subgraphs/health-records/index.ts';
import { createLoaders } from '../../../subgraphs/health-records/loaders/index.ts';
import { startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { householdOf, idOf, personOf, tell, visitsOf } from './people.ts';
import { allSubsets, compartmentRegister, readerOf } from './readers.ts';

/** Thirty-two visits, one in each set of compartments, an ordinary one now and then between them. */
function visitInEverySet(): Pick<Person, 'events'> {
  const first = visitsOf(personOf('stranger'))[0]!;
  const told = allSubsets.flatMap((compartments, day): Visit[] => {
    const admittedAt = `2026-0${1 + (day >> 3)}-${10 + (day % 8)}T08:00:00+07:00`;
    const visit = { ...first, admittedAt, dischargedAt: null, otherDiagnoses: [] };
    const isBetween = day % 12 === 0;
    const labelled = { ...visit, compartments: compartments as Visit['compartments'] };
    return isBetween ? [labelled, { ...visit, compartments: [] }] : [labelled];
  });
  return { events: told };
}

const personas = ['hiv-compartment', 'mental-compartment', 'reproductive-compartment', 'stranger'] as const;
const ids = personas.map(idOf);
const [hivId, , , everySetId] = ids as [string, string, string, string];
/** Of this one anybody may see what the register says, whoever asks. */
const decidedId = idOf('child-6');
const facts = compartmentRegister(new Map([[decidedId, ['MENTAL', 'GENETIC']]]));

type Agency = Awaited<ReturnType<typeof startAgencyUnderTest>>;
interface Line {
  readonly id: string;
  readonly citizenId: string;
  readonly day: string;
  readonly labels: readonly string[];
}

let agency: Agency;
let database: Database;
let lines: readonly Line[];
beforeAll(async () => {
  const told = (['stranger', 'child-6'] as const).map((persona) => tell(persona, visitInEverySet()));
  const households = [...personas.slice(0, 3).map(householdOf), ...told];
  agency = await startAgencyUnderTest(healthRecords, { households, facts });
  database = connectDatabase({ url: agency.url });
  lines = await database.sql<Line>`
    select visit_id as id, citizen_id as "citizenId", admitted_on::text as day, compartments as labels
    from visits order by admitted_on desc, visit_id desc`;
});
afterAll(async () => {
  await database.close();
  await agency.close();
});

const linesOf = (citizenId: string, allowed: readonly string[], isShown = true): readonly Line[] =>
  lines.filter((line) => {
    const isVisible = line.labels.every((label) => allowed.includes(label));
    return line.citizenId === citizenId && isVisible === isShown;
  });
const shownIds = (citizenId: string, allowed: readonly string[]): string[] =>
  linesOf(citizenId, allowed).map(({ id }) => id);

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
const idsIn = ({ nodes }: Page): string[] => nodes.map(({ id }) => id);
const selection =
  'nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

async function readPage(id: string, allowed: readonly string[], args: string): Promise<Page> {
  const { data, errors } = await agency.entities(
    [id],
    `healthRecords${args} { ${selection} }`,
    readerOf(allowed),
  );
  expect(errors).toBeUndefined();
  return data._entities[0].healthRecords as Page;
}

/** The visits of everybody, page by page, one request for the next pages of all who have more. */
async function walkAll(allowed: readonly string[], size: number): Promise<string[][]> {
  const seen = ids.map((): string[] => []);
  const cursors = new Map<number, string | null>(ids.map((_, place) => [place, null]));
  for (let turn = 0; cursors.size > 0; turn += 1) {
    if (turn > lines.length) throw new Error('The pages do not end.');
    for (const [place, { nodes, pageInfo }] of await readNext(cursors, allowed, size)) {
      seen[place]?.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) cursors.delete(place);
      else if (nodes.length === size) cursors.set(place, pageInfo.endCursor);
      else throw new Error('A page is short.');
    }
  }
  return seen;
}

async function readNext(
  cursors: ReadonlyMap<number, string | null>,
  allowed: readonly string[],
  size: number,
): Promise<[number, Page][]> {
  const places = [...cursors.keys()];
  const fields = places.map((place) => {
    const args = `first: ${size}, after: $after${place}`;
    return `p${place}: _entities(representations: $of${place}) { ... on Citizen { healthRecords(${args}) { ${selection} } } }`;
  });
  const declared = places.map((place) => `$of${place}: [_Any!]!, $after${place}: String`);
  const variables = Object.fromEntries(
    places.flatMap((place) => [
      [`of${place}`, [{ __typename: 'Citizen', id: ids[place] }]],
      [`after${place}`, cursors.get(place)],
    ]),
  );
  const document = `query (${declared.join(', ')}) { ${fields.join(' ')} }`;
  const { data, errors } = await agency.query(document, variables, readerOf(allowed));
  expect(errors).toBeUndefined();
  return places.map((place) => [place, data[`p${place}`][0].healthRecords as Page]);
}

describe('visits by page', () => {
  test('the people of these tests have visits to hide and to show', () => {
    expect(new Set(lines.flatMap(({ labels }) => labels))).toEqual(new Set(healthCompartments));
    expect(new Set(linesOf(everySetId, healthCompartments).map(({ labels }) => labels.join())).size).toBe(32);
    for (const id of ids) {
      expect(linesOf(id, [], false).length).toBeGreaterThan(1);
      expect(linesOf(id, []).length).toBeGreaterThan(0);
    }
  });

  test.each([1, 2, 3])(
    'pages of %i: each of the 32 sets gives exactly its visits, no gap, no short page',
    async (size) => {
      for (const allowed of allSubsets) {
        const seen = await walkAll(allowed, size);
        expect(seen, allowed.join('+')).toEqual(ids.map((id) => shownIds(id, allowed)));
      }
    },
  );

  test('citizens of whom different compartments are allowed share one statement and get their own', async () => {
    agency.statements.length = 0;
    const asked = [decidedId, ...ids];
    const reader = readerOf(['HIV', 'REPRODUCTIVE']);
    const { data } = await agency.entities(asked, 'healthRecords(first: 100) { nodes { id } }', reader);
    const found = data._entities.map((entity: { healthRecords: Page }) => idsIn(entity.healthRecords));
    expect(found).toEqual([
      shownIds(decidedId, ['MENTAL', 'GENETIC']),
      ...ids.map((id) => shownIds(id, ['HIV', 'REPRODUCTIVE'])),
    ]);
    expect(found[0]).toHaveLength(shownIds(everySetId, ['MENTAL', 'GENETIC']).length);
    expect(agency.statements).toHaveLength(1);
  });

  test('two readers at once, fifty times each, get their own', async () => {
    const readers = [['HIV'], []] as const;
    const turns = Array.from({ length: 100 }, (_, turn) => readers[turn % 2]!);
    const answers = await Promise.all(turns.map((allowed) => readPage(hivId, allowed, '(first: 100)')));
    expect(answers.map(idsIn)).toEqual(turns.map((allowed) => shownIds(hivId, allowed)));
  });

  test('one citizen under two sets in one batch: neither gets the page of the other', async () => {
    const loaders = createLoaders(database)();
    const load = async (...names: string[]) => {
      const visible = await visibleTo({ compartmentsOf: async () => names }, everySetId);
      return loaders.visits.load({ ...visible, first: 99, after: null, from: null, to: null });
    };
    const pages = await Promise.all([load('HIV', 'MENTAL'), load(), load('GENETIC')]);
    expect(pages.map((rows) => rows.map(({ visitId }) => visitId))).toEqual([
      shownIds(everySetId, ['HIV', 'MENTAL']),
      shownIds(everySetId, []),
      shownIds(everySetId, ['GENETIC']),
    ]);
  });

  test('nor the rows below a visit, nor the sheets', async () => {
    const loaders = createLoaders(database)();
    const { id: recordId } = lines.find(
      ({ citizenId, labels }) => citizenId === everySetId && labels.join() === 'HIV',
    )!;
    const load = async (...names: string[]) => {
      const key = await visibleTo({ compartmentsOf: async () => names }, everySetId);
      return Promise.all([loaders.services.load({ ...key, recordId }), loaders.sheets.load(key)]);
    };
    const [some, none] = await Promise.all([load('HIV'), load()]);
    expect(some.map((rows) => rows.length > 0)).toEqual([true, true]);
    expect(none[0]).toEqual([]);
    expect(none[1].length).toBeLessThan(some[1].length);
  });
});

describe('a hidden visit leaves no trace', () => {
  const afterOf = ({ day, id }: Pick<Line, 'day' | 'id'>): string =>
    `after: "${encodeCursor({ sort: day, id })}"`;

  test('its cursor and one beside it, where no visit is, give the same page', async () => {
    for (const hidden of linesOf(everySetId, ['HIV'], false)) {
      const beside = { ...hidden, id: `${hidden.id.slice(0, -1)}${hidden.id.endsWith('0') ? '1' : '0'}` };
      const forged = await readPage(everySetId, ['HIV'], `(first: 2, ${afterOf(hidden)})`);
      expect(forged).toEqual(await readPage(everySetId, ['HIV'], `(first: 2, ${afterOf(beside)})`));
      const behind = linesOf(everySetId, ['HIV']).filter(({ day, id }) => day + id < hidden.day + hidden.id);
      expect(idsIn(forged)).toEqual(behind.slice(0, 2).map(({ id }) => id));
    }
  });

  test('its day is a day without a visit', async () => {
    const busy = new Set(linesOf(everySetId, []).map(({ day }) => day));
    const { day } = linesOf(everySetId, [], false).find((line) => !busy.has(line.day))!;
    const found = await readPage(everySetId, [], `(from: "${day}", to: "${day}")`);
    expect(found).toEqual(await readPage(everySetId, [], '(from: "1901-01-01", to: "1901-01-01")'));
    expect(found.nodes).toEqual([]);
  });

  test('the ids of the visits beside it are the same with and without it', async () => {
    const { events } = visitInEverySet();
    const ordinary = (events as readonly Visit[]).filter(({ compartments }) => compartments.length === 0);
    const households = [tell('stranger', { events: ordinary })];
    const without = await startAgencyUnderTest(healthRecords, { households, facts });
    const answer = await without.entities(
      [everySetId],
      'healthRecords(first: 100) { nodes { id } }',
      readerOf([]),
    );
    expect(idsIn(answer.data._entities[0].healthRecords)).toEqual(shownIds(everySetId, []));
    await without.close();
  });

  test('no answer names a scope that was refused, nor an error', async () => {
    const answer = await agency.entities(
      ids,
      'healthRecords(first: 100) { nodes { compartments } }',
      readerOf([]),
    );
    expect(answer.errors).toBeUndefined();
    for (const name of healthCompartments) expect(JSON.stringify(answer)).not.toContain(name);
  });
});
