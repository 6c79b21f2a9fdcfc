import { describe } from 'vitest';
import { runCorpus } from './corpus.ts';
import { composeNamed } from './worlds/index.ts';

describe.each([
  ['media', 120],
  ['town', 0],
  ['land', 0],
] as const)('%s', (name, maxAlike) => runCorpus(() => composeNamed(name), maxAlike));
