import net from 'node:net';
import postgres from 'postgres';
import { DatabaseError } from './errors.ts';

/** How the driver reads and writes types; shared with drizzle, which changes it. */
export interface TypeHandlers {
  readonly parsers: Record<string, (text: string) => unknown>;
  readonly serializers: Record<string, (value: unknown) => unknown>;
}

export interface LaneSettings {
  readonly url: string;
  /** Time limit of one statement and of connecting, in milliseconds. */
  readonly limitMs: number;
  readonly applicationName: string;
  /** Prepared statements get one plan for all their parameters. */
  readonly planOnce: boolean;
  readonly types: TypeHandlers;
}

/** A driver client with a single connection, whose sockets are ours to destroy. */
export interface Connection {
  readonly sql: postgres.Sql;
  /** Ends politely within the grace time, then destroys the sockets. Never rejects. */
  drop(graceSeconds: number): Promise<void>;
}

interface Target {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false;
  readonly ssl?: unknown;
}

type OpenSocket = (target: Target) => net.Socket;

/** All connections read into it, one after the other; what has come is copied out before the next reads. */
const readBuffer = Buffer.allocUnsafe(64 * 1024);

/**
 * Left to itself, a socket takes 64 kB of fresh memory for each read, for answers of some hundred bytes: a tenth of what a
 * profile asked for alone costs this process. Connections with TLS stay as they are.
 */
function openSocket(target: Target): net.Socket {
  const [host = 'localhost'] = target.host;
  const [port = 5432] = target.port;
  const callback = (length: number): boolean => {
    socket.emit('data', Buffer.from(readBuffer.subarray(0, length)));
    return true;
  };
  const place = target.path ? { path: target.path } : { host, port, noDelay: true };
  const socket = net.connect(target.ssl ? place : { ...place, onread: { buffer: readBuffer, callback } });
  socket.on('error', () => {});
  return Object.assign(socket, { host });
}

function createDriver(settings: LaneSettings, socket: OpenSocket, onclose: () => void): postgres.Sql {
  const { applicationName: application_name, limitMs, planOnce, types } = settings;
  const options = {
    max: 1,
    max_lifetime: null,
    connect_timeout: limitMs / 1000,
    connection: {
      ...{ application_name, statement_timeout: Math.ceil(limitMs * 0.9) },
      ...(planOnce && { plan_cache_mode: 'force_generic_plan' }),
    },
    onnotice: () => {},
    onclose,
    socket,
  };
  const sql = postgres(settings.url, options);
  Object.assign(sql.options.parsers, types.parsers);
  Object.assign(sql.options.serializers, types.serializers);
  return sql;
}

/** Connects on first use. `onClosed` is called whenever the connection is gone, for whatever reason. */
export function connect(settings: LaneSettings, onClosed: () => void): Connection {
  const sockets = new Set<net.Socket>();
  let isDropped = false;
  const openTracked: OpenSocket = (target) => {
    if (isDropped) throw new DatabaseError('DATABASE_UNAVAILABLE', { reason: 'CONNECTION_DROPPED' });
    const socket = openSocket(target);
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    return socket;
  };
  const sql = createDriver(settings, openTracked, onClosed);
  const drop = async (graceSeconds: number): Promise<void> => {
    if (isDropped) return;
    isDropped = true;
    await sql.end({ timeout: graceSeconds }).catch(() => {});
    for (const socket of sockets) socket.destroy();
  };
  return { sql, drop };
}
