import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Where the counted results go (`.ci/run`), beside what people read. */
const report = process.env['TEST_REPORT'];

export default defineConfig({
  // Node loads the CommonJS build of graphql; a second copy from its "module" field would make two GraphQLErrors.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    ...(report && { reporters: ['default', ['json', { outputFile: report }]] }),
  },
});
