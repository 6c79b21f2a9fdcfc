import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { DatabaseError } from '#db';
import { createLookUp, createLookUpPer, openAll, type OpenLoader } from '#kit';

/** Statements that the test answers itself. */
function createReads() {
  const reads: { readonly keys: readonly string[]; answer: () => void; refuse: (error: Error) => void }[] =
    [];
  const read = (keys: readonly string[]): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      reads.push({ keys, answer: () => resolve(keys.map((key) => `row ${key}`)), refuse: reject });
    });
  const at = (index: number) => {
    const found = reads[index];
    if (!found) throw new Error(`There is no read ${index}.`);
    return found;
  };
  return { reads, read, at, keys: () => reads.map((each) => each.keys) };
}

const all = (open: OpenLoader<string, string>, keys: readonly string[]) => {
  const loader = open();
  return Promise.all(keys.map((key) => loader.load(key)));
};

describe('keys of one request', () => {
  test('are read together, each once, at the end of the turn', async () => {
    const { read, keys, at } = createReads();
    const loader = createLookUp(read)();
    const first = [loader.load('a'), loader.load('b'), loader.load('a')];
    await Promise.resolve();
    const later = loader.load('c');
    expect(keys()).toEqual([]);
    await setImmediate();
    expect(keys()).toEqual([['a', 'b', 'c']]);
    at(0).answer();
    expect(await Promise.all([...first, later])).toEqual(['row a', 'row b', 'row a', 'row c']);
    expect(loader.load('a')).toBe(first[0]);
    expect(keys()).toHaveLength(1);
  });

  test('stay together, however many', async () => {
    const { read, keys } = createReads();
    const many = Array.from({ length: 250 }, (_, index) => String(index));
    void all(createLookUp(read), many);
    await setImmediate();
    expect(keys()).toEqual([many]);
  });
});

describe('keys of several requests', () => {
  test('share a statement, and nothing else', async () => {
    const { read, keys, at } = createReads();
    const open = createLookUp(read);
    const [one, other] = [all(open, ['a', 'b']), all(open, ['a'])];
    await setImmediate();
    expect(keys()).toEqual([['a', 'b', 'a']]);
    at(0).answer();
    expect(await one).toEqual(['row a', 'row b']);
    expect(await other).toEqual(['row a']);
    void all(open, ['a']);
    await setImmediate();
    expect(keys(), 'nothing is kept').toHaveLength(2);
  });

  test('gather while a statement is on its way', async () => {
    const { read, keys, at } = createReads();
    const open = createLookUp(read);
    void all(open, ['a']);
    await setImmediate();
    void all(open, ['b']);
    await setImmediate();
    void all(open, ['c']);
    await setImmediate();
    expect(keys()).toEqual([['a']]);
    at(0).answer();
    await setImmediate();
    expect(keys()).toEqual([['a'], ['b', 'c']]);
  });

  test('are cut at a hundred, between requests', async () => {
    const { read, reads, at } = createReads();
    const open = createLookUp(read);
    const forty = Array.from({ length: 40 }, (_, index) => String(index));
    for (let request = 0; request < 4; request += 1) void all(open, forty);
    await setImmediate();
    at(0).answer();
    await setImmediate();
    expect(reads.map((each) => each.keys.length)).toEqual([80, 80]);
  });

  test('wait for a slow statement for 50 ms only, and then for the one after it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { read, keys, at } = createReads();
    const open = createLookUp(read);
    void all(open, ['slow']);
    await setImmediate();
    void all(open, ['b']);
    vi.advanceTimersByTime(49);
    await setImmediate();
    expect(keys()).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(keys()).toEqual([['slow'], ['b']]);
    void all(open, ['c']);
    at(0).answer();
    await setImmediate();
    expect(keys(), 'the slow one is no longer waited for').toHaveLength(2);
    at(1).answer();
    await setImmediate();
    expect(keys()).toEqual([['slow'], ['b'], ['c']]);
    vi.useRealTimers();
  });

  test('a later request does not get what an earlier one read before it asked', async () => {
    const { read, keys } = createReads();
    const open = createLookUp(read);
    void all(open, ['a']);
    await setImmediate();
    void all(open, ['a']);
    await setImmediate();
    expect(keys(), 'it waits for a read of its own').toEqual([['a']]);
  });
});

describe('a read that fails', () => {
  const failed = new DatabaseError('DATABASE_FAILED', { reason: '22021' });
  const down = new DatabaseError('DATABASE_UNAVAILABLE', { reason: 'CONNECTION_CLOSED' });

  test('because the statement was refused is tried for each request alone: a bad key fails alone', async () => {
    const read = async (keys: readonly string[]): Promise<readonly string[]> => {
      if (keys.includes('bad')) throw failed;
      return keys;
    };
    const open = createLookUp(read);
    const settled = await Promise.allSettled([all(open, ['a']), all(open, ['bad', 'b']), all(open, ['c'])]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('because the database is away fails for all of them, once, and the next is read', async () => {
    const { read, keys, at } = createReads();
    const open = createLookUp(read);
    const settling = Promise.allSettled([all(open, ['a']), all(open, ['b'])]);
    await setImmediate();
    at(0).refuse(down);
    const settled = await settling;
    expect(settled.map((each) => each.status === 'rejected' && each.reason)).toEqual([down, down]);
    void all(open, ['c']);
    await setImmediate();
    expect(keys()).toEqual([['a', 'b'], ['c']]);
  });

  test('with another number of values reaches nobody', async () => {
    const open = createLookUp(async () => ['of whom?']);
    const settled = await Promise.allSettled([all(open, ['a', 'b']), all(open, ['c', 'd'])]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

test('reads of different days never share a statement', async () => {
  const reads: string[] = [];
  const on = createLookUpPer((day: string) =>
    createLookUp(async (keys: readonly string[]) => {
      reads.push(`${day}: ${keys.join()}`);
      return keys;
    }),
  );
  const loads = ['1', '1', '2'].map((day) => on(day)().load('a'));
  await Promise.all(loads);
  expect(reads).toEqual(['1: a,a', '2: a']);
});

test('a table of look-ups opens anew for each request', async () => {
  const lookUps = { name: createLookUp(async (keys: readonly string[]) => keys) };
  const [one, other] = [openAll(lookUps), openAll(lookUps)];
  expect(one.name).not.toBe(other.name);
  expect(await one.name.load('a')).toBe('a');
});
