import { defineAgency } from '#kit';
import { createLoaders } from './loaders.ts';
import { population } from './population.ts';
import { resolvers } from './resolvers.ts';

/** The identity database: every document a citizen ever had. */
export const idCards = defineAgency({ name: 'id-cards', resolvers, createLoaders, population });
