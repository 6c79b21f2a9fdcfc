import type { Caller } from '#schema';
import type { Access } from './consent/access.ts';

/** The time of one request: the only clock resolvers and loaders may know. */
export interface RequestClock {
  readonly now: Date;
  /** The calendar day in Việt Nam, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What every resolver gets. */
export interface RequestContext<Loaders = unknown> extends RequestClock {
  readonly loaders: Loaders;
  /** Id of the client's operation, made and signed by the gateway. */
  readonly requestId: string;
  /** Who asks, from the verified caller token. */
  readonly caller: Caller;
  /** What the caller may see. Guarded fields are already refused before a resolver runs. */
  readonly access: Access;
}

const vietnamOffsetMs = 7 * 3_600_000;

/** Việt Nam keeps UTC+7 all year. */
export function clockOf(now: Date): RequestClock {
  return { now, today: new Date(now.getTime() + vietnamOffsetMs).toISOString().slice(0, 10) };
}
