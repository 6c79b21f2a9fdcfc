import { readFileSync } from 'node:fs';
import { askOverHttp } from '../../gateway/agency-source.ts';
import { serveForeignGraph } from '../bare/graph.ts';
import { readServerConfig } from '../config.ts';

const { port, variable } = readServerConfig();
const supergraph = readFileSync(variable('SUPERGRAPH'), 'utf8');
await serveForeignGraph(supergraph, (agency, url) => askOverHttp({ agency, url }), port);
