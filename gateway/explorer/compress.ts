import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliQuality = 6;
const gzipLevel = 9;

/** Encodings that every file of the bundle is kept in, best first, with the ending of the file's name. */
export const encodings = { br: '.br', gzip: '.gz' } as const;

export type Encoding = keyof typeof encodings;

/** Writes `file.br` and `file.gz` next to `file`. */
export async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, quality),
    promisify(gzip)(content, { level: gzipLevel }),
  ]);
  await Promise.all([writeFile(path + encodings.br, br), writeFile(path + encodings.gzip, gz)]);
}
