import type { RequestContext } from '#kit';
import type { Loaders } from '../loaders/index.ts';

export type Context = RequestContext<Loaders>;
