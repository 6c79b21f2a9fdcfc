import { defineAgency } from '#kit';
import { createLoaders } from './loaders.ts';
import { createNotices } from './notices.ts';
import { population as rows } from './population.ts';
import { resolvers } from './resolvers.ts';

/** The national population database: owns `Citizen`. */
export const population = defineAgency({
  name: 'population',
  resolvers,
  createLoaders,
  population: rows,
  createNotices,
  findSubject: (personalId, loaders) => loaders.citizenIdOfNumber.load(personalId),
});
