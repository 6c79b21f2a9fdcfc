import { writeFileSync } from 'node:fs';
import { generateUnits } from './generate.ts';

/** `node --import ./.node/register.mjs db/population/units/write.ts`: makes `units.tsv` anew from the npm packages. */
async function main(): Promise<void> {
  const { text, cleaning } = await generateUnits();
  writeFileSync(new URL('./units.tsv', import.meta.url), text);
  console.log(cleaning);
}

if (import.meta.filename === process.argv[1]) await main();
