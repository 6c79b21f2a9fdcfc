import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { findImports, type Import } from './imports.ts';

/** One TypeScript file; `path` is relative to the root of the repository, with `/`. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly syntax: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** The parts of package.json that rules ask about. */
export interface Manifest {
  readonly imports?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The repository as the rules see it. */
export interface Tree {
  /** Every file, TypeScript or not. */
  readonly paths: readonly string[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly manifest: Manifest;
  /** Names in `schema/agencies.ts`. */
  readonly agencies: readonly string[];
}

/** A rule answers with one sentence per offence, which begins with the path of the offender. */
export type Rule = (tree: Tree) => readonly string[];

const isSource = (file: string): boolean => /\.tsx?$/.test(file);

/** A tree from file texts, such as the samples that show that a rule can fail. */
export function makeTree(
  texts: Readonly<Record<string, string>>,
  manifest: Manifest = {},
  agencies: readonly string[] = [],
): Tree {
  const paths = Object.keys(texts);
  const known = new Set(paths);
  const sources = paths.filter(isSource).map((file): Source => {
    const text = texts[file] ?? '';
    const syntax = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return { path: file, text, syntax, imports: findImports(syntax, file, known, manifest.imports ?? {}) };
  });
  return { paths, sources: new Map(sources.map((source) => [source.path, source])), manifest, agencies };
}

const ignored = new Set(['node_modules', '.git', '.data', '.cache']);

function listFiles(root: string, folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (ignored.has(entry.name)) return [];
    return entry.isDirectory() ? listFiles(root, file) : [file];
  });
}

/** The repository at `root` as it lies on disk. */
export function readTree(root: string, agencies: readonly string[]): Tree {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
  const textOf = (file: string): string =>
    isSource(file) ? readFileSync(path.join(root, file), 'utf8') : '';
  return makeTree(
    Object.fromEntries(listFiles(root).map((file) => [file, textOf(file)])),
    manifest,
    agencies,
  );
}

/** The TypeScript files under one of these folders. */
export function sourcesUnder(tree: Tree, ...folders: readonly string[]): Source[] {
  return [...tree.sources.values()].filter(({ path: file }) =>
    folders.some((folder) => file.startsWith(`${folder}/`)),
  );
}

/** The folders whose code is shipped. */
export const productFolders = ['schema', 'db', 'subgraphs', 'gateway'] as const;
