import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Where the counted results go (`.ci/run`), beside what people read. */
const report = process.env['TEST_REPORT'];

/** `npm run test:proofs`: the proofs that take long, in full. */
const proofs = 'proofs';

/** `npm run test:long-way`: operations go through the whole of Apollo Server; otherwise past it wherever that is possible. */
const longWay = 'long-way';

export default defineConfig(({ mode }) => ({
  // Node loads the CommonJS build of graphql; a second copy from its "module" field would make two GraphQLErrors.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['test/**/*.test.ts'],
    provide: { isFull: mode === proofs, shortWay: mode === longWay ? 'none' : 'all' },
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    ...(report && { reporters: ['default', ['json', { outputFile: report }]] }),
  },
}));
