import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Launch } from '../config.ts';
import { endServer, findFreePort, startServer, type Server } from '../servers.ts';
import type { Competitor } from './competitors.ts';
import type { Workload } from './workload.ts';
import { formatPorts, workloads, type WorkloadName } from './workloads.ts';

/** The subgraphs of a workload, serving, and its supergraph in a file. */
export interface Ground {
  readonly workload: Workload;
  readonly supergraph: string;
  readonly launch: Launch;
  close(): Promise<void>;
}

async function findPorts(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for (const name of names) ports.set(name, await findFreePort());
  return ports;
}

/** Starts the subgraphs; what they cost is not measured. */
export async function openGround(name: WorkloadName, launch: Launch): Promise<Ground> {
  const workload = workloads[name]();
  const ports = await findPorts(workload.subgraphNames);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const supergraph = path.join(folder, 'supergraph.graphql');
  const urlOf = (subgraph: string): string => `http://127.0.0.1:${ports.get(subgraph) ?? 1}/graphql`;
  writeFileSync(supergraph, workload.supergraphOf(urlOf));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const server = await startServer({
    args: ['bench/engines/subgraphs.ts', name],
    variables: { SUBGRAPH_PORTS: formatPorts(ports) },
    readyPath: '/',
    launch: { ...launch, profileDir: undefined },
  }).catch((error: unknown) => {
    remove();
    throw error;
  });
  return { workload, supergraph, launch, close: () => endServer(server).finally(remove) };
}

/** Starts one gateway over the subgraphs. */
export async function startCompetitor(competitor: Competitor, ground: Ground): Promise<Server> {
  const port = await findFreePort();
  const { supergraph, launch } = ground;
  return startServer({
    args: competitor.command({ port, supergraph }),
    variables: { SUPERGRAPH: supergraph },
    readyPath: competitor.readyPath,
    launch,
    port,
  });
}
