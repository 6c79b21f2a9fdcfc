import { register } from 'node:module';

/**
 * `node --import ./.node/register.mjs FILE.ts`: runs the sources as they are, on every line of Node. esbuild takes the types
 * away and nothing else. Loaders that keep the names of functions (`keepNames`) give each one its name again whenever it is
 * made, at several times the cost of making it: with them a profile in one process took a good quarter more.
 */
register('./types-away.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
