import { urlVariableOf, type AgencyName } from '#schema';
import { askOverHttp, type AskAgency } from '../../gateway/agency-source.ts';
import { readServerConfig } from '../config.ts';
import { serveForeignGraph } from './graph.ts';
import { agencyOf, readBareSupergraph } from './supergraph.ts';

const { port, variable } = readServerConfig();

/** As the product asks its agencies: calls travel together, which needs a token; nobody reads it here. */
function askOf(name: string): AskAgency {
  const agency = agencyOf(name);
  const url = variable(urlVariableOf(agency as AgencyName));
  const ask = askOverHttp({ agency, url, together: true });
  return (request) => ask({ ...request, callerToken: 'nobody' });
}

await serveForeignGraph(readBareSupergraph(), askOf, port);
