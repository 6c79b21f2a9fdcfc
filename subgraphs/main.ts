import { parseArgs } from 'node:util';
import { surviveDriverFaults } from '#db';
import { agencyNames, type AgencyName } from '#schema';
import { readAgencyConfig } from './config.ts';
import { startAgency } from './start-agency.ts';

const isAgency = (name: string | undefined): name is AgencyName => agencyNames.some((each) => each === name);

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' } },
  });
  const [name] = positionals;
  if (!isAgency(name))
    throw new Error(
      `Name one agency: npm run agency -- NAME [--port N], where NAME is ${agencyNames.join(', ')}.`,
    );
  return { name, port: values.port };
}

async function main(): Promise<void> {
  const { name, port } = readArguments();
  const config = readAgencyConfig(name, port);
  surviveDriverFaults((error) => console.error(`Database connection lost: ${error.message}`));
  const clocks = { now: () => new Date(), clockMs: () => performance.now() };
  const agency = await startAgency(name, config, clocks);
  console.log(`Agency ${name} serves ${agency.url}`);
  const stop = (): void => void agency.stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
