import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded, type EmbeddedServer } from '#db/embedded';

/** A server over a directory of its own, gone without a trace after `remove`. */
export interface TemporaryServer extends EmbeddedServer {
  readonly dataDir: string;
  remove(): Promise<void>;
}

export async function startTemporaryServer(): Promise<TemporaryServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'db-test-'));
  const server = await startEmbedded({ dataDir });
  const remove = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...server, dataDir, remove };
}
