import { createAgencyApp, listen } from '#kit';
import type { AgencyName } from '#schema';
import { readServerConfig } from '../config.ts';
import { startBareAgency } from './protection.ts';

const { port, databaseUrl } = readServerConfig();
const service = await startBareAgency(process.argv[2] as AgencyName, databaseUrl);
await listen(createAgencyApp(service), port, '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
