import { createRequire } from 'node:module';
import type * as Shield from 'graphql-shield';

/**
 * What we use of graphql-shield. Its ES modules import `isUndefined` of `node:util`, which Node 23 took away, and cannot be
 * loaded there. The CommonJS ones look for it only in `chain` and `race`, which no rule of ours is made of.
 */
export const { deny, rule, shield } = createRequire(import.meta.url)('graphql-shield') as typeof Shield;
