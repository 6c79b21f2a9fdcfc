import { describe } from 'vitest';
import { runCorpus } from './corpus.ts';
import { composeNamed } from './worlds/index.ts';

describe.each(['shop', 'chain'] as const)('%s', (name) => runCorpus(() => composeNamed(name)));
