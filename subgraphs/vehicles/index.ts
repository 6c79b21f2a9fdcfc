import { defineAgency } from '#kit';
import { createLoaders } from './loaders.ts';
import { population } from './population/index.ts';
import { resolvers } from './resolvers.ts';

/** The traffic police: driving licences, vehicle registrations, identification plates. */
export const vehicles = defineAgency({ name: 'vehicles', resolvers, createLoaders, population });
