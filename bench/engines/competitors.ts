import { productFlags, type ServerOptions } from '../servers.ts';
import type { WorkloadName } from './workloads.ts';

/** A gateway that is compared, in a process of its own; told in `PORT` and `SUPERGRAPH`. */
export interface Competitor {
  readonly name: string;
  /** Needs the packages of `bench/peers`. */
  readonly isPeer: boolean;
  readonly command: (at: { readonly port: number; readonly supergraph: string }) => readonly string[];
  readonly readyPath: ServerOptions['readyPath'];
  /** The only workload that it takes part in; all when not given. */
  readonly only?: WorkloadName;
}

const graphqlReady = '/graphql?query=%7B__typename%7D';

const hive = (name: string, flags: readonly string[]): Competitor => ({
  name,
  isPeer: true,
  command: ({ port, supergraph }) => [
    'bench/peers/node_modules/@graphql-hive/gateway/dist/bin.js',
    ...['supergraph', supergraph, '--config-path', 'bench/peers/gateway.config.mjs'],
    ...['--host', '127.0.0.1', '--port', String(port), '--fork', '1', '--polling', '1d', ...flags],
  ],
  readyPath: graphqlReady,
});

/** The first is what the others are compared with. */
export const competitors: readonly Competitor[] = [
  {
    name: 'stock Apollo Gateway + Apollo Server',
    isPeer: false,
    command: () => ['bench/engines/stock.ts'],
    readyPath: graphqlReady,
  },
  {
    name: 'ours',
    isPeer: false,
    command: () => [...productFlags, 'bench/engines/ours.ts'],
    readyPath: '/health/ready',
  },
  {
    // The subgraphs of the profile are agencies, and these take several calls in one request.
    name: 'ours, calls of different requests together',
    isPeer: false,
    command: () => [...productFlags, 'bench/engines/ours.ts', 'together'],
    readyPath: '/health/ready',
    only: 'w2',
  },
  hive('Hive Gateway', []),
  hive('Hive Gateway, Rust router runtime', ['--hive-router-runtime']),
];
