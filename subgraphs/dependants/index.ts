import { defineAgency } from '#kit';
import { createLoaders } from './loaders.ts';
import { createNotices } from './notices.ts';
import { population } from './population.ts';
import { resolvers } from './resolvers.ts';

/** Civil status and guardianship: who represents whom. */
export const dependants = defineAgency({
  name: 'dependants',
  resolvers,
  createLoaders,
  population,
  createNotices,
});
