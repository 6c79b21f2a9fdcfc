import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';

const fixed = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  maintenance_work_mem: '256MB',
  work_mem: '16MB',
  random_page_cost: 1.1,
  jit: 'off',
  // Durable commits; the rest suits bulk loads into a single server.
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // The server's log must not carry statements or values.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
} as const;

/**
 * Of the environment. Without them glibc gives memory back to the system after each statement and fetches it again for the
 * next, by calls and page faults: a tenth of what a profile costs PostgreSQL. A connection keeps some 4 MB free at most.
 */
export const memoryVariables = {
  MALLOC_TOP_PAD_: String(2 ** 20),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 22),
  MALLOC_MMAP_THRESHOLD_: String(2 ** 20),
};

async function hasSharedMemory(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { bavail, bsize } = await statfs('/dev/shm').catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= 256 * 1024 * 1024;
}

/**
 * A quarter of the memory, as PostgreSQL's manual advises, up to 2 GB: what is not there is fetched from the system's cache
 * by a call for each page, a sixth of what a profile costs over 100,000 citizens. Taken as it is used.
 */
const sharedBuffersMb = (): number => Math.floor(Math.min(totalmem() / 4, 2 ** 31) / 2 ** 20);

/** Command line of a development server on this machine; containers often have a tiny /dev/shm. */
export async function serverSettings(port: number): Promise<string[]> {
  const memory = (await hasSharedMemory()) ? {} : { dynamic_shared_memory_type: 'mmap' };
  const all = { port, ...fixed, ...memory, shared_buffers: `${sharedBuffersMb()}MB` };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
