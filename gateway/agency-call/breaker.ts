import { CircuitState, CountBreaker } from 'cockatiel';

/** What the end of a call says about whether the agency is up. */
export type Outcome = 'ANSWERED' | 'UNUSABLE' | 'OUTAGE' | 'UNTOLD';

/** Tells a call's outcome. */
export type TellOutcome = (outcome: Outcome) => void;

/** Keeps calls from an agency that is down. */
export interface Breaker {
  /** How to tell the outcome of the call that may be made now; `null` when none may. */
  readonly admit: () => TellOutcome | null;
}

/** Of the last 20 calls, at least 10 known, more than half were outages. */
const createRecord = () => new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 10 });

/**
 * What is down is not asked on and on: it rests for `restMs`, then one call is made to see. An answer that cannot be used
 * and a client that left say nothing about whether the agency is up.
 */
export function createBreaker(restMs: number): Breaker {
  let record = createRecord();
  let state: 'CLOSED' | 'RESTING' | 'RESTED' | 'TRYING' = 'CLOSED';
  const rest = (): void => {
    state = 'RESTING';
    record = createRecord();
    setTimeout(() => (state = 'RESTED'), restMs).unref();
  };
  const tell: TellOutcome = (outcome) => {
    if (state !== 'CLOSED' || (outcome !== 'ANSWERED' && outcome !== 'OUTAGE')) return;
    if (outcome === 'ANSWERED') record.success(CircuitState.Closed);
    else if (record.failure(CircuitState.Closed)) rest();
  };
  const tellTried: TellOutcome = (outcome) => {
    if (outcome === 'OUTAGE') rest();
    else state = outcome === 'UNTOLD' ? 'RESTED' : 'CLOSED';
  };
  const admit = (): TellOutcome | null => {
    if (state === 'CLOSED') return tell;
    if (state !== 'RESTED') return null;
    state = 'TRYING';
    return tellTried;
  };
  return { admit };
}
