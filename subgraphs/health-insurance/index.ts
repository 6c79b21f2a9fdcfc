import { defineAgency } from '#kit';
import { createLoaders } from './loaders.ts';
import { population } from './population/index.ts';
import { resolvers } from './resolvers.ts';

/** Health insurance cards (thẻ bảo hiểm y tế). */
export const healthInsurance = defineAgency({
  name: 'health-insurance',
  resolvers,
  createLoaders,
  population,
});
