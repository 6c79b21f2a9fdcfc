import { parseArgs } from 'node:util';
import { prepareBundle } from './prepare.ts';

/** `npm run explorer [-- --dir FOLDER]`: makes the explorer's bundle ahead of time, for a container image. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string', default: '.data/explorer' } } });
  const { folder, manifest } = await prepareBundle(values.dir);
  console.log(`The explorer's ${manifest.files.length} files are in ${folder}.`);
}

if (import.meta.filename === process.argv[1]) await main();
