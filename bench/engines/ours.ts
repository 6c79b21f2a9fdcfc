import { readFileSync } from 'node:fs';
import { askOverHttp, type AgencyRequest, type AskAgency } from '../../gateway/agency-source.ts';
import { serveForeignGraph } from '../bare/graph.ts';
import { readServerConfig } from '../config.ts';

/** As long as a caller token: calls of different callers that travel together carry one each. */
const callerToken = 'x'.repeat(600);

/** Subgraphs that are agencies: they take several calls in one request. */
function askTogether(agency: string, url: string): AskAgency {
  const ask = askOverHttp({ agency, url, together: true });
  const askAs = ({ query, body = '', requestId, signal }: AgencyRequest) =>
    ask({ query, body, requestId, signal, callerToken });
  return Object.assign(askAs, { takesBody: true });
}

const { port, variable } = readServerConfig();
const supergraph = readFileSync(variable('SUPERGRAPH'), 'utf8');
const askAlone = (agency: string, url: string): AskAgency => askOverHttp({ agency, url });
await serveForeignGraph(supergraph, process.argv[2] === 'together' ? askTogether : askAlone, port);
