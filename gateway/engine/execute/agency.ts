import type { AgencyAnswer, AskAgency } from '../../agency-call/index.ts';
import type { GatewayContext } from '../../context.ts';
import type { KeysOf } from '../../entity-keys.ts';

/** The entities that a fetch asks about, in the order of `_entities`; both lists are empty for a fetch of root fields. */
export interface AskedEntities {
  /** As the agency knows the types. */
  readonly typeNames: readonly string[];
  /** What is sent as their field `id`; `undefined` where there is none. */
  readonly ids: readonly unknown[];
}

export const noEntities: AskedEntities = { typeNames: [], ids: [] };

/** What is done around one fetch to protect people. */
export interface AroundFetch {
  /** The answer to a fetch that must not be sent; `null` when it may. */
  readonly refuse: (context: GatewayContext, entities: AskedEntities) => AgencyAnswer | null;
  /** The caller token for the agency. */
  readonly sign: (context: GatewayContext) => string;
  /** JSON of the facts that the agency need not ask the register for again; `undefined`: there are none. */
  readonly carry: (context: GatewayContext, entities: AskedEntities) => string | undefined;
  /**
   * Takes what came undecided out of the answer's data, which are changed. Answers the errors to tell beside those of the
   * agency, at paths of the fetch.
   */
  readonly pass: (
    context: GatewayContext,
    entities: AskedEntities,
    answer: AgencyAnswer,
  ) => readonly FetchError[];
}

/** What is done around every fetch to protect people. */
export interface FetchChecks {
  /** For a fetch of this text, as it was planned; made once for each fetch of each plan. */
  readonly around: (agency: string, query: string) => AroundFetch;
}

/** An agency, as the engine asks it. */
export interface Agency {
  readonly name: string;
  readonly ask: AskAgency;
  /** The keys that are asked back of its entities. */
  readonly keysOf: KeysOf;
  /** `undefined` for a foreign graph without marks. */
  readonly checks: FetchChecks | undefined;
}

/** An error as an agency tells it, or as it is told of an agency; at a path of the fetch. */
export interface FetchError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}
