import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const packages = [
  '@graphiql/plugin-doc-explorer',
  '@graphiql/plugin-history',
  '@graphiql/react',
  'esbuild',
  'graphiql',
  'graphql',
  'monaco-editor',
  'monaco-graphql',
  'react',
  'react-dom',
] as const;

const resolver = createRequire(import.meta.url);

/** Our own files that the bundle is made of, and those that say how. */
async function listSources(): Promise<readonly URL[]> {
  const names = await readdir(new URL('browser/', import.meta.url));
  const inBrowser = names.sort().map((name) => new URL(`browser/${name}`, import.meta.url));
  return [...inBrowser, new URL('bundle.ts', import.meta.url), new URL('compress.ts', import.meta.url)];
}

async function versionOf(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(resolver.resolve(`${name}/package.json`), 'utf8')) as {
    readonly version: string;
  };
  return `${name}@${manifest.version}\n`;
}

/** Changes when a package or a source of the page changes; a bundle made under the same fingerprint is the same. */
export async function fingerprint(): Promise<string> {
  const versions = await Promise.all(packages.map(versionOf));
  const sources = await Promise.all((await listSources()).map((source) => readFile(source)));
  const hash = createHash('sha256');
  for (const part of [...versions, ...sources]) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}
