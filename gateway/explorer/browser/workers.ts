import { browser } from './window.ts';

/** Addresses of the workers on the page's own origin, by Monaco's label. */
export interface WorkerAddresses {
  readonly editor: string;
  readonly graphql: string;
  readonly json: string;
}

function isLabel(addresses: WorkerAddresses, label: string): label is keyof WorkerAddresses {
  return Object.hasOwn(addresses, label);
}

/** Tells Monaco where its workers are; without it Monaco runs them on the page's thread. */
export function provideWorkers(addresses: WorkerAddresses): void {
  browser.MonacoEnvironment = {
    getWorker: (_workerId, label) => {
      const address = addresses[isLabel(addresses, label) ? label : 'editor'];
      return new browser.Worker(address, { name: label });
    },
  };
}
