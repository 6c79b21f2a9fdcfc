import { urlVariableOf, type AgencyName } from '#schema';
import { askOverHttp } from '../../gateway/agency-source.ts';
import { readServerConfig } from '../config.ts';
import { serveForeignGraph } from './graph.ts';
import { agencyOf, readBareSupergraph } from './supergraph.ts';

const { port, variable } = readServerConfig();
const askOf = (name: string) => {
  const agency = agencyOf(name);
  return askOverHttp({ agency, url: variable(urlVariableOf(agency as AgencyName)), together: true });
};
await serveForeignGraph(readBareSupergraph(), askOf, port);
