import { defineConfig } from 'drizzle-kit';

/** For every agency; run in its folder: `npx drizzle-kit generate --config ../../db/drizzle.config.ts`. */
export default defineConfig({ dialect: 'postgresql', schema: './tables.ts', out: './migrations' });
