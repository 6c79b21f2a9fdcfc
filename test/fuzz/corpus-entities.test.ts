import { describe } from 'vitest';
import { runCorpus } from './corpus.ts';
import { composeNamed } from './worlds/index.ts';

describe.each([
  ['shop', 3],
  ['chain', 4],
] as const)('%s', (name, maxAlike) => runCorpus(() => composeNamed(name), maxAlike));
