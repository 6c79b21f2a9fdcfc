import { surviveDriverFaults } from '#db';
import { readArguments, type Arguments } from './arguments.ts';
import { readAgencyConfig, readSharedConfig } from './config.ts';
import { startSideBySide } from './start-side-by-side.ts';

/** An agency alone has its process's variables; of several each has its own. */
function readConfigs({ names, port }: Arguments) {
  const [name] = names;
  return name !== undefined && names.length === 1
    ? new Map([[name, readAgencyConfig(name, port)]])
    : readSharedConfig(names);
}

async function main(): Promise<void> {
  const configs = readConfigs(readArguments(process.argv.slice(2)));
  surviveDriverFaults((error) => console.error(`Database connection lost: ${error.message}`));
  const clocks = { now: () => new Date(), clockMs: () => performance.now() };
  const running = await startSideBySide(configs, clocks);
  for (const { name, url } of running) console.log(`Agency ${name} serves ${url}`);
  const stop = (): void =>
    void Promise.all(running.map((agency) => agency.stop())).then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
