import { defineAgency } from '#kit';
import { createLoaders } from './loaders.ts';
import { population } from './population/index.ts';
import { resolvers } from './resolvers.ts';

/** The residence register: where citizens live, and with whom. */
export const residence = defineAgency({ name: 'residence', resolvers, createLoaders, population });
