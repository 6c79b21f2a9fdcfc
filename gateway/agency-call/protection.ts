import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  CountBreaker,
  handleWhen,
} from 'cockatiel';
import { GraphQLError } from 'graphql';
import { agencyFailure } from './failure.ts';

export interface ProtectionOptions {
  readonly agency: string;
  /** Calls at once. */
  readonly maxCalls: number;
  /** Calls that may wait for their turn; more are refused at once. */
  readonly maxWaiting: number;
}

/** Runs a call, or refuses it at once: coded, without a word to the agency. */
export type Protect = <T>(signal: AbortSignal, call: () => Promise<T>) => Promise<T>;

const outages: ReadonlySet<unknown> = new Set(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT']);
const isOutage = (error: Error): boolean =>
  error instanceof GraphQLError && outages.has(error.extensions['code']);

/** Of the last 20 calls, at least 10 known, more than half were outages: a second of rest, then one call to see. */
const breakerOptions = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
const restMs = 1000;

/**
 * Circuit breaker and bulkhead of one agency: what is down is not asked on and on, and what is slow holds up no more than
 * its share. An answer that cannot be used and a client that left say nothing about whether the agency is up.
 */
export function createProtection({ agency, maxCalls, maxWaiting }: ProtectionOptions): Protect {
  const lanes = bulkhead(maxCalls, maxWaiting);
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: restMs,
    breaker: new CountBreaker(breakerOptions),
  });
  const explain = (error: unknown): never => {
    const isRefused = error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError;
    throw isRefused ? agencyFailure('SUBGRAPH_UNAVAILABLE', agency) : error;
  };
  return async (signal, call) => {
    if (breaker.state === CircuitState.HalfOpen) throw agencyFailure('SUBGRAPH_UNAVAILABLE', agency);
    return breaker.execute(() => lanes.execute(call, signal)).catch(explain);
  };
}
