import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agencyNames } from '#schema';
import { readBareSupergraph } from '../bare/supergraph.ts';
import { formatPorts } from '../engines/workloads.ts';
import { prepareFloor } from '../floor/copy.ts';
import { endServer, findFreePort, startServer } from '../servers.ts';
import type { CitizenGround, Stack } from '../stacks.ts';

const readyPath = '/graphql?query=%7B__typename%7D';

async function startNaiveAgencies({ urls, launch }: CitizenGround) {
  const ports = new Map<string, number>();
  for (const name of agencyNames.filter((each) => each !== 'consent')) ports.set(name, await findFreePort());
  const [first = 0] = ports.values();
  const variables = {
    DATABASE_URLS: JSON.stringify(Object.fromEntries(urls)),
    SUBGRAPH_PORTS: formatPorts(ports),
  };
  const server = await startServer({
    args: ['bench/naive/agencies.ts'],
    variables,
    readyPath,
    launch,
    port: first,
  });
  return { server, ports };
}

/** Stock gateway in one process, stock servers of all agencies in one other; nobody is asked for consent. */
export async function startNaive(ground: CitizenGround): Promise<Stack> {
  const { server: agencies, ports } = await startNaiveAgencies(ground);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const supergraph = path.join(folder, 'supergraph.graphql');
  writeFileSync(
    supergraph,
    readBareSupergraph((agency) => `http://127.0.0.1:${ports.get(agency) ?? 1}/graphql`),
  );
  try {
    const gateway = await startServer({
      args: ['bench/engines/stock.ts'],
      variables: { SUPERGRAPH: supergraph },
      readyPath,
      launch: ground.launch,
    });
    return { name: 'naive', origin: gateway.origin, gateway: [gateway], agencies: [agencies] };
  } catch (error) {
    await endServer(agencies);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One statement per request over copies of the tables in one database. */
export async function startFloor(ground: CitizenGround): Promise<Stack> {
  const url = await prepareFloor(ground.adminUrl, ground.urls);
  const server = await startServer({
    args: ['bench/floor/server.ts'],
    variables: { DATABASE_URL: url },
    readyPath: '/',
    launch: ground.launch,
  });
  return { name: 'floor', origin: server.origin, gateway: [server], agencies: [] };
}
