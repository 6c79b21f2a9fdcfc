import { defineAgency } from '#kit';
import { createLoaders } from './loaders/index.ts';
import { population } from './population/index.ts';
import { resolvers } from './resolvers/index.ts';

/** The electronic health record: visits and the personal health record. */
export const healthRecords = defineAgency({ name: 'health-records', resolvers, createLoaders, population });
