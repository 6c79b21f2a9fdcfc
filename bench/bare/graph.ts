import { pino } from 'pino';
import { admitAnonymously } from '../../gateway/authenticate.ts';
import { startGraph, type GraphOptions } from '../../gateway/graph.ts';
import { createDoor, openDoor } from '../../gateway/server.ts';
import { variables } from '../config.ts';

/**
 * The product's door and graph over a foreign supergraph that has nothing to protect; nobody signs in. Scalars of a
 * foreign graph are not checked at the gateway, which makes it cheaper by that much.
 */
export async function serveForeignGraph(
  supergraph: string,
  askOf: GraphOptions['askOf'],
  port: number,
): Promise<void> {
  const log = pino({ level: variables['LOG_LEVEL'] ?? 'info', base: null });
  const graph = await startGraph({ supergraph, askOf, ownScalars: false, log });
  const isReady = async (): Promise<boolean> => true;
  const door = createDoor({ graph, authenticate: admitAnonymously, isReady, pages: [], origins: [] });
  await openDoor(door, port, '127.0.0.1');
  process.once('SIGTERM', () => process.exit(0));
}
