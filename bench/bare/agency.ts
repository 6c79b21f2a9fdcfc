import { createAgencyApp, listen } from '#kit';
import type { AgencyName } from '#schema';
import { databaseUrlVariableOf, portVariableOf } from '../../subgraphs/variables.ts';
import { readServerConfig } from '../config.ts';
import { startBareAgency } from './protection.ts';

const { port, databaseUrl, variable } = readServerConfig();
const names = process.argv.slice(2) as AgencyName[];
for (const name of names) {
  const isAlone = names.length === 1;
  const url = isAlone ? databaseUrl : variable(databaseUrlVariableOf(name));
  const service = await startBareAgency(name, url);
  await listen(
    createAgencyApp(service),
    isAlone ? port : Number(variable(portVariableOf(name))),
    '127.0.0.1',
  );
}
process.once('SIGTERM', () => process.exit(0));
