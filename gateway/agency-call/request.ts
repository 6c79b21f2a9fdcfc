/** What is sent of a query plan's fetch. */
export interface Fetch {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** One GraphQL request of a query plan to one agency. */
export interface AgencyRequest extends Fetch {
  /** The whole as JSON, `{"query":…,"variables":{…}}`, instead of the variables: what travels over HTTP. */
  readonly body?: string;
  readonly requestId: string;
  /** Who asks, signed for this agency; `undefined` for a foreign subgraph. */
  readonly callerToken: string | undefined;
  /** JSON of a list of facts that the agency need not ask the register for again; over HTTP, `extensions.facts`. */
  readonly facts?: string | undefined;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: LeaveSignal | undefined;
}

/** Told when the client leaves. */
export interface LeaveListener {
  readonly handleEvent: () => void;
}

/** Whether the client has left; an `AbortSignal` is one, and costs more than all that is asked of it here. */
export interface LeaveSignal {
  readonly aborted: boolean;
  readonly addEventListener: (type: 'abort', listener: LeaveListener) => void;
  readonly removeEventListener: (type: 'abort', listener: LeaveListener) => void;
}

/** The body of a GraphQL answer. */
export interface AgencyAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: Record<string, unknown>;
  /**
   * Whether it is known to have come as JSON without a backslash: then no text in it has anything that JSON escapes (RFC 8259,
   * section 7), nor half a surrogate pair.
   */
  readonly isUnescaped?: boolean;
}

/** Asks one agency, over HTTP or in this process. Rejects only when there is no answer. */
export interface AskAgency {
  (request: AgencyRequest): Promise<AgencyAnswer>;
  /** Whether it wants the body of a request; else it wants the variables. */
  readonly takesBody?: boolean;
  /** Whether fetches of one operation may share a request, `_entities` under several response keys. */
  readonly mayShare?: boolean;
  /** Time limit of one call; `undefined`: none that is known here. */
  readonly timeoutMs?: number;
}
