import { createHeavyList } from './heavy-list.ts';
import { createProfile } from './profile.ts';

/** By their names in the issue that asks for them. */
export const workloads = { w1: createHeavyList, w2: createProfile } as const;
export type WorkloadName = keyof typeof workloads;

/** Ports of the subgraphs in the environment of their server: `accounts=4001,reviews=4002`. */
export const formatPorts = (ports: ReadonlyMap<string, number>): string =>
  [...ports].map(([name, port]) => `${name}=${port}`).join(',');

export const parsePorts = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text.split(',').map((entry) => {
      const [name = '', port] = entry.split('=');
      return [name, Number(port)];
    }),
  );
