import { defineAgency } from '#kit';
import { createLoaders } from './loaders.ts';
import { population } from './population/index.ts';
import { resolvers } from './resolvers.ts';

/** Participation in social insurance (quá trình tham gia bảo hiểm xã hội). */
export const socialInsurance = defineAgency({
  name: 'social-insurance',
  resolvers,
  createLoaders,
  population,
});
