import { explain, judge, makeCases, type Match } from './campaign.ts';
import { startOurs } from './sides/ours.ts';
import { howToInstall, startSecond, type SecondOpinion } from './sides/second.ts';
import { startStock } from './sides/stock.ts';
import { count, startTally, tellTallies, unknownRule, type Tally } from './tally.ts';
import { composeNamed, worldNames } from './worlds/index.ts';

/** `npm run fuzz -- [SEED [OPERATIONS [WORLD]]]`: another seed makes other operations, the same seed the same. */
const [seed = 'fuzz', operations = '20000', only] = process.argv.slice(2);
const maxExplained = 5;

let current = '';
let escaped = 0;

/** An error that nobody catches ends a gateway; one of the second opinion is its own affair. */
process.on('unhandledRejection', (error) => {
  if (error instanceof Error && error.stack?.includes('/peers/')) return;
  escaped += 1;
  console.log(`\nAn error that nobody catches, at or before ${current}`, error);
});

async function fight(match: Match, second: SecondOpinion | null, share: number): Promise<Tally> {
  const tally = startTally(match.world.name);
  let explained = 0;
  for (const each of makeCases(match.world, seed, share)) {
    tally.operations += 1;
    const weathers = each.weather.startsWith('fair') ? [each.weather] : ['fair:0', each.weather];
    for (const weather of weathers) {
      current = `${match.world.name} ${weather} ${each.operation.text} ${JSON.stringify(each.operation.variables)}`;
      const verdict = await judge(match, { ...each, weather });
      const isHeard = second !== null && verdict.truth !== undefined;
      count(tally, verdict, isHeard ? await second(each.operation).catch(() => undefined) : null);
      if (!verdict.difference || verdict.rule !== null || (explained += 1) > maxExplained) continue;
      console.log(`\n${await explain(match, verdict)}`);
    }
  }
  return tally;
}

const names = worldNames.filter((name) => only === undefined || name === only);
const tallies: Tally[] = [];
for (const name of names) {
  const world = composeNamed(name);
  const match = { world, stock: await startStock(world), ours: await startOurs(world) };
  const second = startSecond(world);
  if (!second) console.log(`Without a second opinion; to hear one: ${howToInstall}`);
  tallies.push(await fight(match, second, Math.ceil(Number(operations) / names.length)));
  await Promise.all([match.stock.stop(), match.ours.stop()]);
}
console.log(`\n${tellTallies(tallies)}`);
if (escaped > 0 || tallies.some(({ byRule }) => byRule.has(unknownRule))) process.exitCode = 1;
