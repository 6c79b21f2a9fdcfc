import type { WorkerAddresses } from './workers.ts';

/** What the server tells the page, as JSON in the page's HTML. */
export interface PageSettings {
  /** Path of the GraphQL endpoint on the page's own origin. */
  readonly endpoint: string;
  readonly query: string;
  /** JSON text, as the variables editor shows it. */
  readonly variables: string;
  readonly workers: WorkerAddresses;
  /** Path that answers with a persona's access token; `null` where people sign in themselves. */
  readonly tokenPath: string | null;
}
