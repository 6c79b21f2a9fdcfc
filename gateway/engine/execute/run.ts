import type { GraphQLError } from 'graphql';
import type { AgencyAnswer } from '../../agency-call/index.ts';
import type { GatewayContext } from '../../context.ts';
import type { CompiledFetch } from '../compile/fetch.ts';
import type { VariableValues } from '../operation.ts';
import type { Agency } from './agency.ts';
import type { Batch } from './batch.ts';

type Values = Record<string, unknown>;

/** An error of an answer, at its place in the client's operation. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  /** With the agency's name as `serviceName`. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** A fetch of entities that waits to be sent. */
export interface AskedFetch {
  readonly fetch: CompiledFetch;
  readonly batch: Batch;
  readonly resolve: (answer: AgencyAnswer | GraphQLError) => void;
}

/** One run of an operation. */
export interface Run {
  /** What the agencies have answered so far. */
  readonly data: Values;
  readonly errors: AnswerError[];
  /** Whether every answer so far was {@link AgencyAnswer.isUnescaped}. */
  isUnescaped: boolean;
  /** Coerced, with defaults. */
  readonly variables: VariableValues;
  /** As the client sent them. */
  readonly given: VariableValues;
  readonly context: GatewayContext;
  /** Fetches that leave at the end of this turn of the event loop. */
  readonly waiting: Map<Agency, AskedFetch[]>;
}
