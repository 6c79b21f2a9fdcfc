import { beforeEach, describe, expect, test } from 'vitest';
import type { AgencyAnswer } from '../../../../gateway/agency-source.ts';
import { createScriptedGraph, type Asked, type Script } from '../../../support/scripted-graph.ts';

const agencies = {
  library: `
    type Query { shelves: [[Book]] book: Book @shareable other: Book }
    type Book @key(fields: "isbn") { isbn: ID! pages: Int constructor: String }`,
  reviews: `
    type Book @key(fields: "isbn") {
      isbn: ID! pages: Int @external constructor: String @external
      stars: Int note: Note @shareable effort: String @requires(fields: "pages") maker: String @requires(fields: "constructor")
    }
    type Note { text: String }`,
  notes: `
    type Book @key(fields: "isbn") {
      isbn: ID! pages: Int @external note: Note @shareable @requires(fields: "pages")
    }
    type Note { extra: String }`,
};

const book = (isbn: string, more: object = {}) => ({ __typename: 'Book', isbn, ...more });
const shelves = [
  [book('1'), book('2')],
  [null, book('1')],
];

/** Answers for every representation, and the key when it is asked back. */
const entitiesBy =
  (valuesOf: (representation: Record<string, unknown>) => object | null) =>
  ({ variables }: Asked): AgencyAnswer => ({
    data: {
      _entities: variables.representations.map((each) => {
        const values = valuesOf(each);
        return values && { __meant0: each['isbn'], ...values };
      }),
    },
  });

const library: Script = ({ query }) => ({
  data: query.includes('shelves')
    ? { [query.includes('s:shelves') ? 's' : 'shelves']: shelves }
    : { book: book('1', { pages: 300 }), other: book('2') },
});

let late: string;
let shelf: Script;
let reviews: Script;
/** The agency that is late lets the others answer first. */
const inTurn =
  (script: Script): Script =>
  async (asked) => {
    if (asked.agency === late) await new Promise(setImmediate);
    return script(asked);
  };

const graph = await createScriptedGraph({
  agencies,
  scripts: {
    library: (asked) => shelf(asked),
    reviews: inTurn((asked) => reviews(asked)),
    notes: inTurn(entitiesBy(({ pages }) => ({ note: { extra: `${String(pages)} pages` } }))),
  },
});

beforeEach(() => {
  graph.takeAsked();
  late = '';
  shelf = library;
  reviews = entitiesBy(({ isbn }) => ({ stars: Number(isbn), note: { text: `of ${String(isbn)}` } }));
});

const stars = '{ shelves { stars } }';

describe('objects that look alike', () => {
  test('are asked about once and answered everywhere', async () => {
    const { data, errors } = await graph.ask(stars);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      shelves: [
        [{ stars: 1 }, { stars: 2 }],
        [null, { stars: 1 }],
      ],
    });
    const [, { variables } = {}] = graph.takeAsked();
    expect(variables?.representations).toEqual([book('1'), book('2')]);
  });

  test('hear of an error everywhere, at the place of each', async () => {
    reviews = (asked) => ({
      ...entitiesBy(() => ({ stars: null }))(asked),
      errors: [
        { message: 'secret', path: ['_entities', 0, 'stars'], extensions: { code: 'DATABASE_TIMEOUT' } },
      ],
    });
    const { errors } = await graph.ask(stars);
    expect(errors).toEqual([
      ['DATABASE_TIMEOUT', 'shelves.0.0.stars'],
      ['DATABASE_TIMEOUT', 'shelves.1.1.stars'],
    ]);
  });

  test('hear of it under their own alias', async () => {
    reviews = (asked) => ({
      ...entitiesBy(() => ({ n: null }))(asked),
      errors: [{ message: '', path: ['_entities', 1, 'n'], extensions: { code: 'DATABASE_TIMEOUT' } }],
    });
    const { errors } = await graph.ask('{ s: shelves { n: stars } }');
    expect(errors).toEqual([['DATABASE_TIMEOUT', 's.0.1.n']]);
  });
});

type Change = (entities: (Record<string, unknown> | null)[]) => unknown;
const foreign: readonly (readonly [
  what: string,
  change: Change,
  data: unknown,
  places: readonly string[],
])[] = [
  [
    'in another order',
    (all) => [...all].reverse(),
    [
      [null, null],
      [null, null],
    ],
    ['0.0', '1.1', '0.1'],
  ],
  [
    'one of somebody else',
    ([, b]) => [{ ...b, stars: 9 }, b],
    [
      [null, 2],
      [null, null],
    ],
    ['0.0', '1.1'],
  ],
  [
    'one without its key',
    ([a, b]) => [{ ...a, __meant0: undefined }, b],
    [
      [null, 2],
      [null, null],
    ],
    ['0.0', '1.1'],
  ],
  [
    'too few',
    ([a]) => [a],
    [
      [null, null],
      [null, null],
    ],
    ['0.0', '1.1', '0.1'],
  ],
  [
    'too many',
    (all) => [...all, null],
    [
      [null, null],
      [null, null],
    ],
    ['0.0', '1.1', '0.1'],
  ],
  [
    'no list',
    () => ({ 0: null }),
    [
      [null, null],
      [null, null],
    ],
    ['0.0', '1.1', '0.1'],
  ],
  [
    'texts',
    () => ['a', 'b'],
    [
      [null, null],
      [null, null],
    ],
    ['0.0', '1.1', '0.1'],
  ],
  [
    'nothing',
    () => null,
    [
      [null, null],
      [null, null],
    ],
    ['0.0', '1.1', '0.1'],
  ],
];

test.each(foreign)('entities that come back as %s', async (_, change, expected, places) => {
  const answer = entitiesBy(({ isbn }) => ({ stars: Number(isbn) }));
  reviews = async (asked) => {
    const { data } = (await answer(asked)) as { data: { _entities: (Record<string, unknown> | null)[] } };
    return { data: { _entities: change(data._entities) } };
  };
  const { data, errors } = await graph.ask(stars);
  const [[a, b], [, c]] = expected as [[unknown, unknown], [null, unknown]];
  expect(data).toEqual({
    shelves: [
      [{ stars: a }, { stars: b }],
      [null, { stars: c }],
    ],
  });
  const told = places.map((place) => ['SUBGRAPH_BAD_RESPONSE', `shelves.${place}.stars`]);
  expect(errors).toEqual(told);
});

test('a key that is a number where it was a text is the same key', async () => {
  reviews = entitiesBy(({ isbn }) => ({ __meant0: Number(isbn), stars: 3 }));
  expect((await graph.ask('{ book { stars } }')).data).toEqual({ book: { stars: 3 } });
});

test('an agency that could not read the key says so itself', async () => {
  reviews = ({ variables }) => ({
    data: { _entities: variables.representations.map(() => ({ __meant0: null, stars: 1 })) },
    errors: [{ message: '', path: ['_entities', 0, '__meant0'], extensions: { code: 'DATABASE_TIMEOUT' } }],
  });
  const { data, errors } = await graph.ask('{ book { stars } }');
  expect(data).toEqual({ book: { stars: null } });
  expect(errors).toEqual([['DATABASE_TIMEOUT', 'book.stars']]);
});

test('a client may use the name under which keys are asked back', async () => {
  reviews = ({ query, variables }) => {
    const [, alias = ''] = /(\w+):isbn/.exec(query) ?? [];
    expect(alias).not.toBe('__meant0');
    return {
      data: { _entities: variables.representations.map((each) => ({ [alias]: each['isbn'], __meant0: 7 })) },
    };
  };
  expect((await graph.ask('{ book { __meant0: stars } }')).data).toEqual({ book: { __meant0: 7 } });
});

describe('inputs of a field', () => {
  beforeEach(() => {
    reviews = entitiesBy(({ pages, constructor }) => ({
      effort: `${String(pages)}`,
      maker: String(constructor),
    }));
  });

  test('are sent, null included', async () => {
    const { data } = await graph.ask('{ book { effort } }');
    expect(data).toEqual({ book: { effort: '300' } });
    const [, { variables } = {}] = graph.takeAsked();
    expect(variables?.representations).toEqual([book('1', { pages: 300 })]);
  });

  test('that were not answered are not asked about', async () => {
    const { data, errors } = await graph.ask('{ other { effort } }');
    expect(data).toEqual({ other: { effort: null } });
    expect(errors).toEqual([]);
    expect(graph.takeAsked().map(({ agency }) => agency)).toEqual(['library']);
  });

  test('may be called like what every object has', async () => {
    const { data } = await graph.ask('{ book { maker } }');
    expect(data).toEqual({ book: { maker: null } });
    expect(graph.takeAsked()).toHaveLength(1);
  });
});

test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('an alias may be %s', async (alias) => {
  reviews = (asked) => {
    const [, key = ''] = /(\w+):note/.exec(asked.query) ?? [];
    return entitiesBy(() => JSON.parse(`{"${key}":{"text":"mine"}}`) as object)(asked);
  };
  const { data } = await graph.ask(`{ shelves { ${alias}: note { text } } }`);
  const text = JSON.stringify(data);
  expect(text.match(/"text":"mine"/g)).toHaveLength(3);
  expect(({} as { text?: unknown }).text).toBeUndefined();
});

test.each(['reviews', 'notes'])(
  'what one agency finds alike and another does not is merged into at each place by itself, %s later',
  async (later) => {
    late = later;
    shelf = () => ({ data: { shelves: [[book('1', { pages: 900 }), book('1', { pages: 80 })]] } });
    const { data, errors } = await graph.ask('{ shelves { note { text extra } } }');
    expect(errors).toEqual([]);
    const notes = ['900 pages', '80 pages'].map((extra) => ({ note: { text: 'of 1', extra } }));
    expect(data).toEqual({ shelves: [notes] });
  },
);

test('fields that nobody asked for are never merged', async () => {
  reviews = entitiesBy(() => ({ stars: 1, isbn: 'stolen', note: { text: 'unasked' } }));
  expect((await graph.ask('{ book { isbn stars } }')).data).toEqual({ book: { isbn: '1', stars: 1 } });
});
