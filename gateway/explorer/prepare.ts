import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundle, type Manifest } from './bundle.ts';
import { fingerprint } from './fingerprint.ts';

/** A bundle on disk. */
export interface Bundle {
  readonly folder: string;
  readonly manifest: Manifest;
}

async function readBundle(folder: string): Promise<Bundle | null> {
  try {
    const text = await readFile(join(folder, 'manifest.json'), 'utf8');
    return { folder, manifest: JSON.parse(text) as Manifest };
  } catch {
    return null;
  }
}

/** Moves a finished folder to its place; when another process was faster, its bundle is the same one. */
async function install(made: string, folder: string): Promise<void> {
  try {
    await rename(made, folder);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    if ((await readBundle(folder)) === null) throw error;
  }
}

async function removeOthers(cacheDir: string, name: string): Promise<void> {
  const others = (await readdir(cacheDir)).filter((each) => /^[0-9a-f]{16}$/.test(each) && each !== name);
  await Promise.all(others.map((each) => rm(join(cacheDir, each), { recursive: true, force: true })));
}

/** An image is often made by one user and run by another. */
const readableByAll = 0o755;

async function make(cacheDir: string, name: string): Promise<Bundle> {
  await mkdir(cacheDir, { recursive: true });
  const made = await mkdtemp(join(cacheDir, 'unfinished-'));
  try {
    const manifest = await bundle(made);
    await chmod(made, readableByAll);
    await install(made, join(cacheDir, name));
    await removeOthers(cacheDir, name);
    return { folder: join(cacheDir, name), manifest };
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    throw error;
  }
}

/**
 * The page's bundle out of `cacheDir`, made there first when its packages or sources have changed (about 2 s, 11 MB).
 * Only a finished bundle ever stands under its name; two processes may prepare at the same time.
 */
export async function prepareBundle(cacheDir: string): Promise<Bundle> {
  const folder = resolve(cacheDir);
  const name = await fingerprint();
  return (await readBundle(join(folder, name))) ?? (await make(folder, name));
}
