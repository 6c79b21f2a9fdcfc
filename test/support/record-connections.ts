/**
 * Preloaded into a child process: writes every address it connects to, and every name it looks up, one per line,
 * into the file named by `CONNECTIONS_FILE`.
 */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const file = process.env['CONNECTIONS_FILE'] ?? '';
const note = (target: unknown): void => appendFileSync(file, `${String(target)}\n`);

interface Target {
  readonly host?: string;
  readonly path?: string;
}

const connect = net.Socket.prototype.connect as (this: net.Socket, ...args: unknown[]) => net.Socket;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  const [first] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const target = typeof first === 'object' && first !== null ? (first as Target) : { host: String(args[1]) };
  note(target.host ?? target.path ?? 'localhost');
  return connect.apply(this, args);
};

const lookup = dns.lookup as (...args: unknown[]) => void;
Object.assign(dns, {
  lookup: (...args: unknown[]) => {
    note(args[0]);
    lookup(...args);
  },
});
