import { parseArgs } from 'node:util';
import { migrateDatabase, surviveDriverFaults } from '#db';
import { createAgencyApp, listen, migrationsFolderOf, startAgencyService } from '#kit';
import { agencies, agencyNames, type AgencyName } from '#schema';
import { readEnvironment } from './config.ts';
import { loadAgency } from './registry.ts';

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
  return { name, port: values.port === undefined ? undefined : Number(values.port) };
}

async function main(): Promise<void> {
  const { name, port } = readArguments();
  const environment = readEnvironment();
  const databaseUrl = environment.DATABASE_URL;
  if (!databaseUrl)
    throw new Error(
      "The environment variable DATABASE_URL is missing: the URL of this agency's own database.",
    );
  surviveDriverFaults((error) => console.error(`Database connection lost: ${error.message}`));
  await migrateDatabase({ url: databaseUrl, migrationsFolder: migrationsFolderOf(name) });
  const service = await startAgencyService(await loadAgency(name), { databaseUrl, now: () => new Date() });
  const chosen = port ?? environment.PORT ?? agencies.find((agency) => agency.name === name)?.port ?? 0;
  const server = await listen(createAgencyApp(service), chosen, environment.HOST);
  console.log(`Agency ${name} serves http://${environment.HOST}:${chosen}/graphql`);
  const stop = (): void => {
    server.close(() => void service.close().then(() => process.exit(0)));
    server.closeIdleConnections();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
