import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { GraphAnswer } from './graph-under-test.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface RunningProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Everything printed so far. */
  readonly output: () => string;
  /** Sends a signal and answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface RunOptions {
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Resolve when the output matches. */
  readonly until: RegExp;
  readonly preload?: readonly string[];
}

/** Runs one of our entry points as a user would, until it says that it is ready or ends. */
export async function runProcess(options: RunOptions): Promise<RunningProcess> {
  const port = Number(options.env?.['PORT'] ?? (await findFreePort()));
  const imports = ['./.node/register.mjs', ...(options.preload ?? [])].flatMap((name) => ['--import', name]);
  // Nobody waits in front of it for the sign that it is going.
  const env = { ...process.env, DRAIN_NOTICE_MS: '0', PORT: String(port), ...options.env };
  const child = spawn(process.execPath, [...imports, options.script, ...(options.args ?? [])], {
    cwd: root,
    env,
  });
  let text = '';
  const output = (): string => text;
  const seen = new Promise<void>((resolve) => {
    const take = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (options.until.test(text)) resolve();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', () => resolve());
  });
  await seen;
  const stop = async (signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> => {
    if (child.exitCode !== null) return child.exitCode;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { child, port, output, stop };
}

/** Sends one GraphQL request, with an access token when there is one; rejects when there is no HTTP answer. */
export async function ask(
  port: number,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphAnswer;
}
