import type { Operation } from '../operations/operation.ts';
import type { Run } from '../world/subgraph.ts';
import type { Weather } from '../world/weather.ts';

export interface SideError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly code: string;
}

/** What a gateway said, and what it did for it. */
export interface SideAnswer {
  /** `data` as it is sent; `undefined` when there is none. */
  readonly data: string | undefined;
  readonly errors: readonly SideError[];
  /** Places where a value did not fit its type, which stock tells beside the errors, and only when there are none. */
  readonly misfits: readonly (readonly (string | number)[])[];
  readonly run: Run;
  /** What the same gateway says when the operation is known to it; none when it knows only one way. */
  readonly known?: Pick<SideAnswer, 'data' | 'errors'>;
}

/** A gateway over a world. */
export interface Side {
  ask(operation: Operation, weather: Weather): Promise<SideAnswer>;
  stop(): Promise<void>;
}

export const startRun = (weather: Weather, isChecked: boolean): Run => ({
  weather,
  isChecked,
  effects: [],
  calls: new Map(),
});
