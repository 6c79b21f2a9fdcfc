import type { Rule, Tree } from './tree.ts';

const required = [
  'README.md',
  'schema.graphql',
  'index.ts',
  'resolvers',
  'loaders',
  'tables',
  'population',
  'migrations',
] as const;
const splittable = new Set<string>(['resolvers', 'loaders', 'tables', 'population', 'actions', 'register']);
const isExpected = (name: string): boolean =>
  (required as readonly string[]).includes(name) || splittable.has(name) || name.endsWith('.ts');

const foldersOf = ({ paths }: Tree): Set<string> => {
  const inFolders = paths.map((file) => /^subgraphs\/([^/]+)\//.exec(file)?.[1]);
  return new Set(inFolders.filter((name) => name !== undefined && name !== '_kit') as string[]);
};

function stationsIn({ paths }: Tree, agency: string): Set<string> {
  const home = `subgraphs/${agency}/`;
  const entries = paths.filter((file) => file.startsWith(home)).map((file) => file.slice(home.length));
  const nameOf = (entry: string): string => {
    const [first = '', below] = entry.split('/');
    const stem = first.replace(/\.ts$/, '');
    return splittable.has(stem) && (below !== undefined || first.endsWith('.ts')) ? stem : first;
  };
  return new Set(entries.map(nameOf));
}

/** Every agency of the list has a folder, and every folder is in the list. */
export const agencyListRule: Rule = (tree) => {
  const folders = foldersOf(tree);
  const missing = tree.agencies.filter((name) => !folders.has(name));
  const unknown = [...folders].filter((name) => !tree.agencies.includes(name));
  return [
    ...missing.map((name) => `subgraphs/${name}: is in schema/agencies.ts but has no folder.`),
    ...unknown.map((name) => `subgraphs/${name}: is not in schema/agencies.ts.`),
  ];
};

/**
 * Every agency folder has the same names in it, so that a reader who knows one knows all. What it may have besides
 * are its rules, each a TypeScript file named after what it decides.
 */
export const agencyNamesRule: Rule = (tree) =>
  [...foldersOf(tree)].flatMap((agency) => {
    const found = stationsIn(tree, agency);
    const missing = required.filter((name) => !found.has(name));
    const extra = [...found].filter((name) => !isExpected(name));
    return [
      ...missing.map((name) => `subgraphs/${agency}: has no ${name}.`),
      ...extra.map((name) => `subgraphs/${agency}/${name}: no other agency has such a name.`),
    ];
  });
