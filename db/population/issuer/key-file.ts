import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';

/** The development issuer's key pair. */
export interface IssuerKey {
  readonly privateKey: CryptoKey;
  /** With `kid`, `alg` and `use`, as a key set shows it. */
  readonly publicJwk: JWK;
}

/** Ed25519 (RFC 8037). */
export const issuerAlgorithm = 'EdDSA';

const FILE = 'issuer-key.json';
const ownerOnly = 0o600;
const othersBits = 0o077;
/** Started by root, PostgreSQL runs under an account of its own and has to get to its files in the same directory. */
const passableByAll = 0o755;

async function createKeyText(): Promise<string> {
  const { privateKey } = await generateKeyPair(issuerAlgorithm, { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return JSON.stringify({ ...jwk, kid, alg: issuerAlgorithm, use: 'sig' }) + '\n';
}

/** Only a whole file ever stands under its name; of those who make one at the same time, the first wins. */
async function createKeyFile(dataDir: string, file: string): Promise<void> {
  if ((await mkdir(dataDir, { recursive: true })) !== undefined) await chmod(dataDir, passableByAll);
  const own = `${file}.${randomUUID()}`;
  try {
    await writeFile(own, await createKeyText(), { flag: 'wx', mode: ownerOnly });
    await link(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function readText(file: string): Promise<string | null> {
  try {
    const text = await readFile(file, 'utf8');
    if ((await stat(file)).mode & othersBits) await chmod(file, ownerOnly);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function parseKey(text: string): Promise<IssuerKey> {
  const { kty, crv, x, d, kid, alg } = JSON.parse(text) as JWK;
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x || !d || !kid || alg !== issuerAlgorithm)
    throw new TypeError('The file holds no key pair of the issuer.');
  const privateKey = (await importJWK({ kty, crv, x, d }, alg)) as CryptoKey;
  return { privateKey, publicJwk: { kty, crv, x, kid, alg, use: 'sig' } };
}

/**
 * The key pair of the development issuer in this data directory, made (mode 0600) when there is none yet. Processes
 * that start together agree on one.
 * @throws Error with a sentence when the file cannot be read or written, or holds something else
 */
export async function openIssuerKey(dataDir: string): Promise<IssuerKey> {
  const file = join(dataDir, FILE);
  try {
    if ((await readText(file)) === null) await createKeyFile(dataDir, file);
    return await parseKey((await readText(file)) ?? '');
  } catch (cause) {
    throw new Error(
      `The development issuer cannot use its key ${FILE} in DATA_DIR. Make that directory writable for you; ` +
        'if the file is broken, remove it: the next token gets a new key.',
      { cause },
    );
  }
}
