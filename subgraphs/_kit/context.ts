import type { Caller } from '#schema';
import type { RequestClock } from './clock.ts';
import type { Access } from './consent/access.ts';

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
