import { canReach, type Account } from '../../../db/embedded/account.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Answer {
  readonly port: number;
  readonly warm: boolean;
  readonly adminUrl: string;
  readonly code?: string;
  readonly message?: string;
}

export interface Holder {
  readonly child: ChildProcess;
  readonly answer: Answer;
  /** Sends the signal to the whole process group, as a terminal does, and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface As {
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts the server from a process of its own, with umask 077. */
export async function hold(dataDir: string, as: As = {}, port = ''): Promise<Holder> {
  const script = path.join(import.meta.dirname, 'holder.ts');
  const command = `umask 077; exec "$0" --import ./.node/register.mjs "$1" "$2" ${port}`;
  const child = spawn('sh', ['-c', command, process.execPath, script, dataDir], {
    ...as,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const isOver = once(child, 'exit');
    process.kill(-(child.pid ?? 0), signal);
    await isOver;
  };
  return { child, answer: JSON.parse(line) as Answer, end };
}

/** Whether another account can run Node and read these sources: not when either lies in a private home directory. */
export async function canRunUs(account: Account): Promise<boolean> {
  return (await canReach(import.meta.dirname, account)) && (await canReach(process.execPath, account));
}
