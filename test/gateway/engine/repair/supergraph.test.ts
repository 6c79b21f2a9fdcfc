import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicPath, repairPlan, repairSupergraph } from '../../../../gateway/engine/repair/index.ts';
import { readSupergraph } from '#schema';
import { composeAgencies, planGraph, type ConstantAgency } from '../../../support/planned-graph.ts';
import { linkAll, shopAgencies } from '../../../support/required-arguments.ts';

const composed = composeAgencies(shopAgencies);
const linkInaccessible = (text: string): string | undefined =>
  /@link\(url: "https:\/\/specs.apollo.dev\/inaccessible[^)]*\)/.exec(text)?.[0];
const fieldLine = (text: string, name: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.trim().startsWith(`${name}:`))
    ?.trim();

describe('the repaired supergraph', () => {
  const { text, requestRewrites } = repairSupergraph(composed);

  it('has a hidden field without arguments wherever the own field is', () => {
    expect(fieldLine(text, 'price__required1')).toBe(
      'price__required1: Int @join__field(graph: SHIPPING, external: true) @join__field(graph: SHOP) @inaccessible',
    );
    expect(text).toContain('requires: "price__required1 weight"');
    expect(text).toContain('requires: "category { average__required1 }"');
  });

  it('gives every set of arguments one name', () => {
    const given = [...requestRewrites.synthetics].map(([name, { fieldName }]) => `${name} ${fieldName}`);
    expect(given.sort()).toEqual([
      'average__required1 average',
      'average__required2 average',
      'price__required1 price',
      'price__required2 price',
      'price__required3 price',
    ]);
  });

  it('no longer declares external what nobody needs', () => {
    expect(text).toMatch(
      / price\(currency: String!, isNet: Boolean = false\): Int @join__field\(graph: SHOP\)/,
    );
  });

  it('hides nothing from clients that they had, and shows nothing new', () => {
    const shown = planGraph(shopAgencies, { isRepaired: true }).apiSchema;
    const before = planGraph(shopAgencies, { isRepaired: false }).apiSchema;
    const fieldsOf = (schema: typeof shown): string[] => {
      const type = schema.getType('Product');
      return type && 'getFields' in type ? Object.keys(type.getFields()) : [];
    };
    expect(fieldsOf(shown)).toEqual(fieldsOf(before));
  });

  it('says the same of the same text, and nothing more of its own', () => {
    expect(repairSupergraph(composed).text).toBe(text);
    expect(repairSupergraph(text).requestRewrites.synthetics.size).toBe(0);
    expect(repairSupergraph(text).text).toBe(text);
  });

  it('finds nothing to repair in ours', () => {
    expect(repairSupergraph(readSupergraph()).text).toBe(readSupergraph());
  });

  it('gives error paths the names of fields', () => {
    expect(publicPath(['products', 1, 'price__required2', 0], requestRewrites)).toEqual([
      'products',
      1,
      'price',
      0,
    ]);
  });

  it('leaves a plan alone that has nothing synthetic', () => {
    const plan = { kind: 'QueryPlan' } as const;
    expect(repairPlan(plan, requestRewrites)).toBe(plan);
  });

  it('is refused where it is no GraphQL', () => {
    expect(() => repairSupergraph('type {')).toThrow(/Syntax Error/);
  });
});

describe('the name of the hiding directive', () => {
  const joinLink = '@link(url: "https://specs.apollo.dev/join/v0.4", for: EXECUTION)';
  const withLink = (more: string, name: string): string =>
    `${composed.replace(joinLink, `${joinLink} ${more}`)}
     directive @${name} on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`;
  const url = 'https://specs.apollo.dev/inaccessible/v0.2';

  it.each([
    ['linked', `@link(url: "${url}", for: SECURITY)`, 'inaccessible'],
    ['linked by another name', `@link(url: "${url}", as: "hidden", for: SECURITY)`, 'hidden'],
    ['imported', `@link(url: "${url}", import: ["@inaccessible"], for: SECURITY)`, 'inaccessible'],
    [
      'imported by another name',
      `@link(url: "${url}", import: [{ name: "@inaccessible", as: "@private" }], for: SECURITY)`,
      'private',
    ],
  ])('%s', async (_, link, name) => {
    expect(composed).toContain(joinLink);
    const supergraph = withLink(link, name);
    const graph = planGraph(shopAgencies, { isRepaired: true, supergraph });
    expect(fieldLine(graph.supergraph, 'price__required1')).toMatch(new RegExp(`@${name}$`));
    expect(graph.supergraph.match(/specs.apollo.dev\/inaccessible/g)).toHaveLength(1);
    const { data } = await graph.answer('{ product(upc: "p1") { estimate estimateEur } }');
    expect(data).toEqual({ product: { estimate: '11 for 1', estimateEur: '21 for 1' } });
  });

  it('is another one where that name is taken', async () => {
    const own = '@link(url: "https://example.test/own/v1.0", import: ["@inaccessible"])';
    const supergraph = `${composed.replace(joinLink, `${joinLink} ${own}`)} directive @inaccessible on FIELD_DEFINITION`;
    const graph = planGraph(shopAgencies, { isRepaired: true, supergraph });
    expect(linkInaccessible(graph.supergraph)).toContain('as: "inaccessible2"');
    const { data } = await graph.answer('{ product(upc: "p1") { estimate } }');
    expect(data).toEqual({ product: { estimate: '11 for 1' } });
  });
});

describe('names that are taken', () => {
  const [shipping, shop] = shopAgencies as [ConstantAgency, ConstantAgency];
  const taken = { ...shop, sdl: shop.sdl.replace('name: String\n', 'name: String price__required1: Int\n') };
  const graph = planGraph([shipping, taken], { isRepaired: true });

  it('are not given again', async () => {
    expect(graph.rewrites?.synthetics.has('price__required1')).toBe(false);
    const { data } = await graph.answer('{ product(upc: "p1") { price__required1 estimate estimateEur } }');
    expect(data).toEqual({
      product: { price__required1: null, estimate: '11 for 1', estimateEur: '21 for 1' },
    });
  });
});

const owners: readonly ConstantAgency[] = [
  {
    name: 'tax',
    sdl: `${linkAll}
      interface Owner { label(language: String): String }
      type Person implements Owner @key(fields: "id") { id: ID! label(language: String): String @external }
      type Firm implements Owner @key(fields: "id") { id: ID! label(language: String): String @external }
      type House @key(fields: "id") {
        id: ID!
        owner: Owner @external
        owners: [Owner!] @external
        bill: String @requires(fields: "owner { label(language: \\"vi\\") }")
        bills: String @requires(fields: "owners { ... on Person { label } ... on Firm { label(language: \\"en\\") } }")
      }`,
    resolvers: {
      Owner: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      House: {
        bill: ({ owner }: { owner: { label: string } }) => `bill of ${owner.label}`,
        bills: ({ owners: all }: { owners: { label: string }[] }) => all.map(({ label }) => label).join(', '),
      },
    },
  },
  {
    name: 'land',
    sdl: `${linkAll}
      type Query { house: House }
      interface Owner { label(language: String): String }
      type Person implements Owner @key(fields: "id") { id: ID! label(language: String): String }
      type Firm implements Owner @key(fields: "id") { id: ID! label(language: String): String }
      type House @key(fields: "id") { id: ID! owner: Owner owners: [Owner!] }`,
    resolvers: {
      Query: { house: () => ({ id: 'h' }) },
      House: {
        owner: () => ({ __typename: 'Firm', id: 'f' }),
        owners: () => [
          { __typename: 'Person', id: 'p' },
          { __typename: 'Firm', id: 'f' },
        ],
      },
      Person: { label: (_: unknown, { language = 'none' }) => `person ${language}` },
      Firm: { label: (_: unknown, { language = 'none' }) => `firm ${language}` },
    },
  },
];

describe('inputs behind an interface', () => {
  const graph = planGraph(owners, { isRepaired: true });

  it.each([
    ['{ house { bill } }', { bill: 'bill of firm vi' }],
    ['{ house { bills } }', { bills: 'person none, firm en' }],
    ['{ house { bill bills } }', { bill: 'bill of firm vi', bills: 'person none, firm en' }],
    [
      '{ house { bill owner { label(language: "fr") } } }',
      { bill: 'bill of firm vi', owner: { label: 'firm fr' } },
    ],
    [
      '{ house { bills owners { label } } }',
      { bills: 'person none, firm en', owners: [{ label: 'person none' }, { label: 'firm none' }] },
    ],
  ])('%s', async (query, house) => {
    const { data, errors } = await graph.answer(query);
    expect({ data, errors }).toEqual({ data: { house }, errors: [] });
  });

  it('are valid where they are sent', async () => {
    const { asked } = await graph.answer('{ house { bill bills } }');
    for (const { query } of asked) expect(() => parse(query)).not.toThrow();
    const [taxed, ...others] = asked.filter(({ agency }) => agency === 'tax');
    expect(others).toEqual([]);
    expect(JSON.parse(JSON.stringify(taxed?.representations))).toEqual([
      {
        __typename: 'House',
        id: 'h',
        owner: { label: 'firm vi' },
        owners: [{ label: 'person none' }, { label: 'firm en' }],
      },
    ]);
  });
});

const chained: readonly ConstantAgency[] = [
  {
    name: 'entry',
    sdl: `${linkAll} type Query { item: Item } type Item @key(fields: "id") { id: ID! base(unit: String): Int }`,
    resolvers: {
      Query: { item: () => ({ id: '1' }) },
      Item: { base: (_: unknown, { unit }: { unit?: string }) => (unit === 'g' ? 1000 : 1) },
    },
  },
  {
    name: 'middle',
    sdl: `${linkAll}
      type Item @key(fields: "id") {
        id: ID!
        base(unit: String): Int @external
        cost(of: [String!], at: Where): Int @requires(fields: "base(unit: \\"g\\")")
      }
      input Where { place: Place! depth: Int }
      enum Place { NORTH SOUTH }`,
    resolvers: {
      Item: {
        cost: ({ base }: { base: number }, { of, at }: { of?: string[]; at?: { place: string } }) =>
          base + (of?.length ?? 0) + (at?.place === 'SOUTH' ? 50 : 0),
      },
    },
  },
  {
    name: 'last',
    sdl: `${linkAll}
      type Item @key(fields: "id") {
        id: ID!
        cost(of: [String!], at: Where): Int @external
        total: String @requires(fields: "cost(of: [\\"a\\", \\"b\\"], at: { place: SOUTH })")
      }
      input Where { place: Place! depth: Int }
      enum Place { NORTH SOUTH }`,
    resolvers: { Item: { total: ({ cost }: { cost: number }) => `total ${cost}` } },
  },
];

describe('an input that has inputs', () => {
  const graph = planGraph(chained, { isRepaired: true });

  it.each([
    ['{ item { total } }', { total: 'total 1052' }],
    ['{ item { total base cost(of: ["x"]) } }', { total: 'total 1052', base: 1, cost: 1001 }],
  ])('%s', async (query, item) => {
    const { data, errors } = await graph.answer(query);
    expect({ data, errors }).toEqual({ data: { item }, errors: [] });
  });
});

const media: readonly ConstantAgency[] = [
  {
    name: 'library',
    sdl: `${linkAll}
      type Query { media: [Media] }
      interface Media @key(fields: "id") { id: ID! title(language: String): String }
      type Book implements Media @key(fields: "id") { id: ID! title(language: String): String }
      type Film implements Media @key(fields: "id") { id: ID! title(language: String): String }`,
    resolvers: {
      Query: {
        media: () => [
          { __typename: 'Book', id: 'b' },
          { __typename: 'Film', id: 'f' },
        ],
      },
      Book: { title: (_: unknown, { language }: { language?: string }) => `book ${language}` },
      Film: { title: (_: unknown, { language }: { language?: string }) => `film ${language}` },
    },
  },
  {
    name: 'critics',
    sdl: `${linkAll}
      type Media @key(fields: "id") @interfaceObject {
        id: ID!
        title(language: String): String @external
        review: String @requires(fields: "title(language: \\"en\\")")
        reviewVi: String @requires(fields: "title(language: \\"vi\\")")
      }`,
    resolvers: {
      Media: {
        review: ({ title }: { title: string }) => `on ${title}`,
        reviewVi: ({ title }: { title: string }) => `on ${title}`,
      },
    },
  },
];

describe('an interface object with inputs', () => {
  const graph = planGraph(media, { isRepaired: true });

  it.each([
    [
      '{ media { review reviewVi } }',
      [
        { review: 'on book en', reviewVi: 'on book vi' },
        { review: 'on film en', reviewVi: 'on film vi' },
      ],
    ],
    [
      '{ media { review title(language: "fr") } }',
      [
        { review: 'on book en', title: 'book fr' },
        { review: 'on film en', title: 'film fr' },
      ],
    ],
    ['{ media { ... on Book { reviewVi review } } }', [{ review: 'on book en', reviewVi: 'on book vi' }, {}]],
  ])('%s', async (query, all) => {
    const { data, errors } = await graph.answer(query);
    expect({ data, errors }).toEqual({ data: { media: all }, errors: [] });
  });
});
