import type { Database } from '#db';
import { defineAgency, type RequestClock } from '#kit';
import { createActions } from './actions/index.ts';
import { createLoaders } from './loaders/index.ts';
import { population } from './population.ts';
import { createRegister } from './register/index.ts';
import { resolvers } from './resolvers/index.ts';

function createWork(database: Database) {
  const loadersOf = createLoaders(database);
  const actions = createActions(database);
  return (clock: RequestClock) => ({ ...loadersOf(clock), actions });
}

/** The register of consents: who may read what of whom, and for which purpose. */
export const consent = defineAgency({
  name: 'consent',
  resolvers,
  createLoaders: createWork,
  population,
  createRegister,
});
