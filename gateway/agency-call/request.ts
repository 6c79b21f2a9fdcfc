/** What is sent of a query plan's fetch. */
export interface Fetch {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** One GraphQL request of a query plan to one agency. */
export interface AgencyRequest extends Fetch {
  /** JSON of the rest, `{"query":…,"variables":{…}}`, when the caller has it already: what travels over HTTP. */
  readonly body?: string;
  readonly requestId: string;
  /** Who asks, signed for this agency; `undefined` for a foreign subgraph. */
  readonly callerToken: string | undefined;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** The body of a GraphQL answer. */
export interface AgencyAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: Record<string, unknown>;
}

/** Asks one agency, over HTTP or in this process. Rejects only when there is no answer. */
export type AskAgency = (request: AgencyRequest) => Promise<AgencyAnswer>;
