import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { agencyNames } from '#schema';
import { agencyListRule, agencyNamesRule } from './support/architecture/agency-folders.ts';
import { cycleRule } from './support/architecture/cycles.ts';
import { directionRule, faceRule, pureRule, stationRule } from './support/architecture/layers.ts';
import { budgetRule, drawerRule, kebabRule, topLevelRule } from './support/architecture/names.ts';
import { packageRule, quietRule, toolRule } from './support/architecture/packages.ts';
import {
  clockListRule,
  clockRule,
  clockRuleFor,
  environmentRule,
} from './support/architecture/surroundings.ts';
import { callerTokenRule } from './support/architecture/tokens.ts';
import { makeTree, readTree, type Manifest, type Rule, type Tree } from './support/architecture/tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules: Readonly<Record<string, Rule>> = {
  'layers know only lower layers, an agency no other agency': directionRule,
  'another layer is reached through its public face': faceRule,
  'inside an agency: tables ← loaders, actions, population ← resolvers ← index': stationRule,
  'the rules of an agency know no database': pureRule,
  'no import cycle': cycleRule,
  'the environment is read in config.ts only': environmentRule,
  'the clock is read where the list says only': clockRule,
  'the list of clock readers is no longer than needed': clockListRule,
  'the top level is fixed': topLevelRule,
  'no drawers': drawerRule,
  'kebab-case names': kebabRule,
  'files keep to their budget of lines': budgetRule,
  'agencies.ts and the folders agree': agencyListRule,
  'every agency folder has the same names': agencyNamesRule,
  'the product needs no development package': packageRule,
  'nobody imports a tool': toolRule,
  'nothing happens on import': quietRule,
  'one file makes caller tokens': callerTokenRule,
};

describe('the house', () => {
  const tree = readTree(root, agencyNames);

  it('is all there to be judged', () => {
    expect(tree.sources.size).toBeGreaterThan(50);
    expect([...tree.sources.values()].flatMap((source) => source.imports).length).toBeGreaterThan(100);
  });

  it('knows every file that is imported', () => {
    const lost = [...tree.sources.values()].flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target !== undefined && !tree.paths.includes(target))
        .map(({ specifier }) => `${path}: ${specifier}`),
    );
    expect(lost).toEqual([]);
  });

  it.each(Object.entries(rules))('%s', (_, rule) => {
    expect(rule(tree)).toEqual([]);
  });
});

const manifest: Manifest = {
  imports: { '#schema': './schema/index.ts', '#db': './db/index.ts', '#kit': './subgraphs/_kit/index.ts' },
  scripts: { gateway: 'node --import ./.node/register.mjs gateway/main.ts' },
  dependencies: { graphql: '16', '@apollo/server': '5' },
  devDependencies: { vitest: '4' },
};
const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
const clean = { 'schema/index.ts': '', 'db/index.ts': '', 'subgraphs/_kit/index.ts': '' };
const agency = (name: string): Record<string, string> =>
  Object.fromEntries(
    ['README.md', 'schema.graphql', 'index.ts', 'resolvers.ts', 'loaders.ts', 'tables.ts', 'population.ts']
      .concat('migrations/0000_initial.sql')
      .map((file) => [`subgraphs/${name}/${file}`, '']),
  );

type Sample = readonly [what: string, rule: Rule, texts: Record<string, string>, offender: string];
const offences: readonly Sample[] = [
  ['schema knows db', directionRule, { 'schema/a.ts': `import '#db';` }, 'schema/a.ts'],
  ['db knows kit by type', directionRule, { 'db/a.ts': `import type { A } from '#kit';` }, 'db/a.ts'],
  [
    'db knows an agency by path',
    directionRule,
    { 'db/a.ts': `import '../subgraphs/b/index.ts';` },
    'db/a.ts',
  ],
  [
    'kit knows an agency',
    directionRule,
    { 'subgraphs/_kit/a.ts': `import '../b/index.ts';` },
    'subgraphs/_kit/a.ts',
  ],
  [
    'population knows schema',
    directionRule,
    { 'db/population/a.ts': `import '#schema';` },
    'db/population/a.ts',
  ],
  [
    'population knows db',
    directionRule,
    { 'db/population/a.ts': `import '../copy.ts';` },
    'db/population/a.ts',
  ],
  [
    'agency knows agency',
    directionRule,
    { 'subgraphs/b/a.ts': `import '../c/tables.ts';` },
    'subgraphs/b/a.ts',
  ],
  [
    'agency knows agency late',
    directionRule,
    { 'subgraphs/b/a.ts': `await import('../c/index.ts');` },
    'subgraphs/b/a.ts',
  ],
  [
    'agency knows agency by type',
    directionRule,
    { 'subgraphs/b/a.ts': `type A = import('../c/index.ts').A;` },
    'subgraphs/b/a.ts',
  ],
  [
    'agency starts agency',
    directionRule,
    { 'subgraphs/b/a.ts': `new URL('../c/main.ts', import.meta.url);` },
    'subgraphs/b/a.ts',
  ],
  [
    'agency passes on agency',
    directionRule,
    { 'subgraphs/b/a.ts': `export * from '../c/index.ts';` },
    'subgraphs/b/a.ts',
  ],
  [
    'agency knows the list of agencies',
    directionRule,
    { 'subgraphs/b/a.ts': `import '../main.ts';` },
    'subgraphs/b/a.ts',
  ],
  ['gateway knows db', directionRule, { 'gateway/a.ts': `import '#db';` }, 'gateway/a.ts'],
  ['gateway knows kit', directionRule, { 'gateway/engine/a.ts': `import '#kit';` }, 'gateway/engine/a.ts'],
  [
    'gateway knows all-in-one',
    directionRule,
    { 'gateway/a.ts': `import './all-in-one.ts';` },
    'gateway/a.ts',
  ],
  ['product knows tests', directionRule, { 'db/a.ts': `import '../test/b.ts';` }, 'db/a.ts'],
  ['product knows bench', directionRule, { 'gateway/a.ts': `import '../bench/b.ts';` }, 'gateway/a.ts'],
  [
    'a private file of db',
    faceRule,
    { 'subgraphs/b/a.ts': `import '../../db/copy.ts';` },
    'subgraphs/b/a.ts',
  ],
  ['a private file of schema', faceRule, { 'gateway/a.ts': `import '../schema/errors.ts';` }, 'gateway/a.ts'],
  [
    'a private file of an agency',
    faceRule,
    { 'subgraphs/main.ts': `import './b/tables.ts';` },
    'subgraphs/main.ts',
  ],
  [
    'tables know loaders',
    stationRule,
    { 'subgraphs/b/tables.ts': `import './loaders.ts';` },
    'subgraphs/b/tables.ts',
  ],
  [
    'loaders know resolvers',
    stationRule,
    { 'subgraphs/b/loaders/a.ts': `import '../resolvers.ts';` },
    'subgraphs/b/loaders/a.ts',
  ],
  [
    'resolvers know population',
    stationRule,
    { 'subgraphs/b/resolvers.ts': `import './population/index.ts';` },
    'subgraphs/b/resolvers.ts',
  ],
  [
    'population knows loaders',
    stationRule,
    { 'subgraphs/b/population.ts': `import './loaders.ts';` },
    'subgraphs/b/population.ts',
  ],
  [
    'a rule knows resolvers',
    stationRule,
    { 'subgraphs/b/age.ts': `import './resolvers.ts';` },
    'subgraphs/b/age.ts',
  ],
  [
    'a rule reads',
    pureRule,
    { 'subgraphs/b/age.ts': `import { read } from './loaders.ts';` },
    'subgraphs/b/age.ts',
  ],
  [
    'a rule writes SQL',
    pureRule,
    { 'subgraphs/b/age.ts': `import { sql } from 'drizzle-orm';` },
    'subgraphs/b/age.ts',
  ],
  [
    'two files in a ring',
    cycleRule,
    { 'db/a.ts': `import './b.ts';`, 'db/b.ts': `import './a.ts';` },
    'db/a.ts',
  ],
  [
    'three files in a ring, by type',
    cycleRule,
    {
      'db/a.ts': `import './b.ts';`,
      'db/b.ts': `import type { C } from './c.ts';`,
      'db/c.ts': `export * from './b.ts';`,
    },
    'db/b.ts',
  ],
  ['process.env', environmentRule, { 'gateway/a.ts': `const port = process.env.PORT;` }, 'gateway/a.ts'],
  ['process["env"]', environmentRule, { 'gateway/a.ts': `process['env'].PORT;` }, 'gateway/a.ts'],
  [
    'env of node:process',
    environmentRule,
    { 'bench/a.ts': `import { env as e } from 'node:process';` },
    'bench/a.ts',
  ],
  [
    'env of a file that is only nearly a config',
    environmentRule,
    { 'db/my-config.ts': `process.env;` },
    'db/my-config.ts',
  ],
  [
    'Date.now',
    clockRule,
    { 'subgraphs/b/resolvers.ts': `const a = Date.now();` },
    'subgraphs/b/resolvers.ts',
  ],
  [
    'new Date()',
    clockRule,
    { 'db/population/a.ts': `const a = (now = new Date()) => now;` },
    'db/population/a.ts',
  ],
  ['new Date without brackets', clockRule, { 'db/a.ts': `const a = new Date;` }, 'db/a.ts'],
  ['performance.now', clockRule, { 'gateway/a.ts': `performance.now();` }, 'gateway/a.ts'],
  ['process.hrtime', clockRule, { 'gateway/a.ts': `process.hrtime.bigint();` }, 'gateway/a.ts'],
  ['an unused permission', clockListRule, { 'db/lanes.ts': `const a = 1;` }, 'db/lanes.ts'],
  ['a new top-level folder', topLevelRule, { 'packages/a/b.ts': '' }, 'packages'],
  ['utils', drawerRule, { 'db/utils.ts': '' }, 'db/utils.ts'],
  ['a helpers folder', drawerRule, { 'test/helpers/a.ts': '' }, 'test/helpers/a.ts'],
  ['types.ts', drawerRule, { 'subgraphs/_kit/types.ts': '' }, 'subgraphs/_kit/types.ts'],
  ['camelCase', kebabRule, { 'db/copyIn.ts': '' }, 'db/copyIn.ts'],
  ['snake_case folder', kebabRule, { 'subgraphs/id_cards/index.ts': '' }, 'subgraphs/id_cards/index.ts'],
  ['a long file', budgetRule, { 'db/a.ts': lines(251, 'export {};') }, 'db/a.ts'],
  ['an agency without a folder', agencyListRule, agency('c'), 'subgraphs/b'],
  ['a folder without an agency', agencyListRule, { ...agency('b'), ...agency('c') }, 'subgraphs/c'],
  ['an agency without population', agencyNamesRule, { 'subgraphs/b/index.ts': '' }, 'subgraphs/b'],
  [
    'a name of its own',
    agencyNamesRule,
    { ...agency('b'), 'subgraphs/b/notes.txt': '' },
    'subgraphs/b/notes.txt',
  ],
  ['a development package', packageRule, { 'db/a.ts': `import { it } from 'vitest';` }, 'db/a.ts'],
  ['an undeclared package', packageRule, { 'db/a.ts': `import '@apollo/client/core';` }, 'db/a.ts'],
  ['a tool imported', toolRule, { 'gateway/a.ts': `import '../schema/compose.ts';` }, 'gateway/a.ts'],
  ['a registration', quietRule, { 'db/a.ts': `register('a');` }, 'db/a.ts'],
  ['work on import', quietRule, { 'db/a.ts': `await connect();` }, 'db/a.ts'],
  [
    'an agency that makes caller tokens',
    callerTokenRule,
    { 'subgraphs/b/index.ts': `import { signJws, callerTokenType } from '#schema';` },
    'subgraphs/b/index.ts',
  ],
  [
    'the kit reaches the maker',
    callerTokenRule,
    { 'subgraphs/_kit/a.ts': `import '../../gateway/caller-token.ts';` },
    'subgraphs/_kit/a.ts',
  ],
];

const treeOf = (texts: Record<string, string>): Tree => makeTree({ ...clean, ...texts }, manifest, ['b']);

describe('each rule can fail', () => {
  it.each(offences)('%s', (_, rule, texts, offender) => {
    const found = rule(treeOf(texts));
    expect(found.map((text) => text.slice(0, text.indexOf(':')))).toContain(offender);
  });

  it('no rule is without an offence', () => {
    const tried = new Set(offences.map(([, rule]) => rule));
    expect(Object.entries(rules).filter(([, rule]) => !tried.has(rule))).toEqual([]);
  });
});

const permitted: readonly (readonly [string, Rule, Record<string, string>])[] = [
  ['downwards', directionRule, { 'subgraphs/b/a.ts': `import '#kit'; import '#db'; import '#schema';` }],
  [
    'all-in-one joins all',
    directionRule,
    { 'gateway/all-in-one.ts': `import '#db'; import '../subgraphs/b/index.ts';` },
  ],
  ['the list of agencies knows them', faceRule, { 'subgraphs/main.ts': `import './b/index.ts';` }],
  ['up and down inside a layer', faceRule, { 'db/embedded/a.ts': `import '../copy.ts';` }],
  ['resolvers know loaders', stationRule, { 'subgraphs/b/resolvers/a.ts': `import '../loaders.ts';` }],
  [
    'a rule knows rows',
    pureRule,
    { 'subgraphs/b/age.ts': `import type { Row } from './tables.ts'; import '#kit';` },
  ],
  [
    'a diamond is no ring',
    cycleRule,
    { 'db/a.ts': `import './b.ts'; import './c.ts';`, 'db/b.ts': `import './c.ts';`, 'db/c.ts': '' },
  ],
  ['config.ts reads the environment', environmentRule, { 'gateway/config.ts': `process.env.PORT;` }],
  ['a given time', clockRule, { 'db/a.ts': `const a = new Date(now); const b = Date.UTC(2026, 0);` }],
  ['a listed clock', clockRuleFor({ 'db/a.ts': 'a reason' }), { 'db/a.ts': `Date.now();` }],
  [
    'comments and blank lines are free',
    budgetRule,
    { 'db/a.ts': `/*\n${lines(99, 'x')}*/\n${lines(99, '// x')}${lines(99, '')}${lines(250, 'export {};')}` },
  ],
  ['the stations as folders', agencyNamesRule, { ...agency('b'), 'subgraphs/b/resolvers/index.ts': '' }],
  ['a type of a development package', packageRule, { 'db/a.ts': `import type { Test } from 'vitest';` }],
  ['a part of a package', packageRule, { 'db/a.ts': `import '@apollo/server/errors'; import 'node:fs';` }],
  ['a program acts', quietRule, { 'gateway/main.ts': `await main();` }],
];

describe('what is right passes', () => {
  it.each(permitted)('%s', (_, rule, texts) => {
    expect(rule(treeOf(texts))).toEqual([]);
  });
});
