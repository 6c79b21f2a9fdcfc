import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../peers', import.meta.url));
const isInstalled = (): boolean => existsSync(`${folder}/node_modules/@graphql-hive/gateway/dist/bin.js`);

async function install(): Promise<boolean> {
  console.log('Installing the gateways to compare with into bench/peers/node_modules, about 500 MB …');
  // Inside `npm run` the settings of the product are in the environment, where only arguments outrank them.
  const settings = ['--ignore-scripts', '--engine-strict=false', '--loglevel=error'];
  const child = spawn('npm', ['ci', ...settings], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const limit = setTimeout(() => child.kill('SIGTERM'), 600_000);
  const [code] = (await once(child, 'exit').catch(() => [1])) as [number | null];
  clearTimeout(limit);
  return code === 0 && isInstalled();
}

/** Whether the gateways of `bench/peers` can run here; installs them when they are not there yet. Never rejects. */
export async function havePeers(): Promise<boolean> {
  if (isInstalled() || (await install())) return true;
  console.log('They could not be installed, so their rows are missing below; all others are complete.');
  return false;
}
