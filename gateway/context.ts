import type { Caller, DecisionRecord } from '#schema';
import type { LeaveSignal } from './agency-call/index.ts';
import type { KeptFacts } from './attested-facts.ts';
import { createTally, type SubjectTally } from './limits.ts';

/** A decision with who made it: an agency, or `gateway` for what was refused before anybody was asked. */
export interface MadeDecision extends DecisionRecord {
  readonly agency: string;
}

/** Of one client request, kept while it is answered. */
export interface GatewayContext {
  /** Id of the client's operation. */
  readonly requestId: string;
  /** Who asks, as the access token says. */
  readonly caller: Caller;
  /** Fetches made so far, by agency. */
  readonly fetches: Map<string, number>;
  /** What was decided about whom, in the order of the answers; `paths` are those of the fetch. */
  readonly decisions: MadeDecision[];
  /** What the register attested to an agency of this operation: for the others that it asks. */
  readonly attested: KeptFacts[];
  /** The people the operation concerns. */
  readonly subjects: SubjectTally;
  /** Aborted when the client has left: nobody needs to be asked any more. */
  readonly signal: LeaveSignal | undefined;
}

/** The context of a request that has just come in. */
export function startContext(requestId: string, caller: Caller, signal?: LeaveSignal): GatewayContext {
  const subjects = createTally();
  return { requestId, caller, fetches: new Map(), decisions: [], attested: [], subjects, signal };
}
