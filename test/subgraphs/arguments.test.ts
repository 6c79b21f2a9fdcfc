import { describe, expect, it } from 'vitest';
import { agencyNames } from '#schema';
import { readArguments } from '../../subgraphs/arguments.ts';

describe('which agencies a process serves', () => {
  it.each([
    [['residence'], ['residence'], undefined],
    [['residence', '--port', '4999'], ['residence'], '4999'],
    [['vehicles', 'consent'], ['vehicles', 'consent'], undefined],
    [['--all'], agencyNames, undefined],
  ])('is told by %j', (args, names, port) => {
    expect(readArguments(args)).toEqual({ names, port });
  });

  it.each([
    ['nobody', []],
    ['somebody unknown', ['residence', 'nowhere']],
    ['somebody twice', ['residence', 'residence']],
    ['a port for several', ['residence', 'vehicles', '--port', '4999']],
    ['all and one more', ['--all', 'residence']],
  ])('is asked for when it is told of %s', (_, args) => {
    expect(() => readArguments(args)).toThrow(/^Name the agencies of this process: npm run agency -- NAME/);
  });
});
