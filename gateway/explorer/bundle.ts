import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Esbuild from 'esbuild';
import type { BuildOptions, Metafile } from 'esbuild';
import type { WorkerAddresses } from './browser/workers.ts';
import { compressFile } from './compress.ts';

/** The bundle's files by what they are for; names are relative and carry a hash of the content. */
export interface Manifest {
  readonly script: string;
  readonly style: string;
  /** Chunks that the page always needs and its script asks for late. */
  readonly preload: readonly string[];
  readonly workers: WorkerAddresses;
  /** Every file that may be served. */
  readonly files: readonly string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

const script = 'gateway/explorer/browser/main.ts';

const style = 'gateway/explorer/browser/page.css';

const workers = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
} as const satisfies WorkerAddresses;

/** Monaco's two modules that GraphiQL loads as soon as it is shown. */
const loadedAtOnce = ['monaco-graphql/esm/monaco-editor.js', 'monaco-graphql/esm/lite.js'] as const;

/** Licence notices stay: they are gathered in a text file next to each script. */
const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  target: 'es2022',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'linked',
  logLevel: 'silent',
};

/** Monaco's scripts import their styles one by one; `graphiql/style.css` holds them all. */
const withoutStyles: BuildOptions = { ...shared, loader: { '.css': 'empty' } };

/**
 * GraphiQL tidies with the CommonJS form of two Prettier plugins. Split off into a chunk it loses its named exports,
 * and the button does nothing but complain.
 */
const moduleForms = {
  'prettier/parser-babel': 'prettier/plugins/babel',
  'prettier/parser-graphql': 'prettier/plugins/graphql',
} as const;

/** A build's outputs under their file names. */
type Outputs = ReadonlyMap<string, Metafile['outputs'][string]>;

/** The file made from this entry point; fails when a package has moved it. */
function fileOf(outputs: Outputs, entry: string): string {
  for (const [file, output] of outputs) if (output.entryPoint?.endsWith(entry)) return file;
  throw new Error(`The bundle has no output for ${entry}.`);
}

/** Adds the file and every chunk that it imports at once. */
function addStaticImports(outputs: Outputs, file: string, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  for (const { kind, path } of outputs.get(file)?.imports ?? [])
    if (kind === 'import-statement') addStaticImports(outputs, basename(path), seen);
}

function listPreload(outputs: Outputs): readonly string[] {
  const preload = new Set<string>();
  for (const entry of loadedAtOnce) addStaticImports(outputs, fileOf(outputs, entry), preload);
  return [...preload];
}

let builds = 0;

/** Ends esbuild's process after the last of several builds: stopped during another one, that one never ends. */
async function withEsbuild<Made>(use: (esbuild: typeof Esbuild) => Promise<Made>): Promise<Made> {
  const esbuild = await import('esbuild');
  builds += 1;
  try {
    return await use(esbuild);
  } finally {
    builds -= 1;
    if (builds === 0) await esbuild.stop();
  }
}

/** Styles, page and workers; a worker is one file, the page is split so that what is rare is loaded late. */
async function build(outdir: string): Promise<Outputs> {
  const page = { entryPoints: { page: script }, format: 'esm', splitting: true, alias: moduleForms } as const;
  const threads = { ...withoutStyles, entryPoints: { ...workers }, format: 'iife' } as const;
  const every: readonly BuildOptions[] = [
    { ...shared, entryPoints: [style] },
    { ...withoutStyles, ...page },
    threads,
  ];
  const made = await withEsbuild((esbuild) =>
    Promise.all(every.map((each) => esbuild.build({ ...each, outdir }))),
  );
  const outputs = made.flatMap((each) => Object.entries(each.metafile?.outputs ?? {}));
  return new Map(outputs.map(([path, output]) => [basename(path), output]));
}

/** Bundles the page from npm packages into an empty folder, `manifest.json` last; needs no network. */
export async function bundle(folder: string): Promise<Manifest> {
  const outputs = await build(folder);
  const files = await readdir(folder);
  await Promise.all(files.map((file) => compressFile(join(folder, file))));
  const manifest: Manifest = {
    script: fileOf(outputs, script),
    style: fileOf(outputs, style),
    preload: listPreload(outputs),
    workers: {
      editor: fileOf(outputs, workers.editor),
      graphql: fileOf(outputs, workers.graphql),
      json: fileOf(outputs, workers.json),
    },
    files,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return manifest;
}
