import { describe, expect, it } from 'vitest';
import { createFactsReader, shareReads, type FactsReaderOptions } from '#kit';
import type { AnsweredFacts, FactKey, Facts, FactsSource } from '#schema';
import { bank, factsOf, vneid } from './people.ts';
import { broken, createRegister } from './register.ts';

const keyOf = (subject: string, changes: Partial<FactKey> = {}): FactKey => ({
  subject,
  clientId: 'bank',
  purpose: 'loan',
  callerId: 'officer:bank',
  ...changes,
});
const keys = (count: number): FactKey[] =>
  Array.from({ length: count }, (_, index) => keyOf(`citizen-${index}`));

/** Facts that tell whose they are. */
const named = ({ subject }: FactKey): Facts => {
  const facts = factsOf(bank);
  return { ...facts, subject: facts.subject && { ...facts.subject, citizenId: subject } };
};

/** A reader over a register, and a clock that stands still until it is set. */
function open(source: FactsSource, options: Partial<FactsReaderOptions> = {}) {
  const time = { ms: 1000 };
  return { time, reader: createFactsReader(source, { clockMs: () => time.ms, ...options }) };
}

/** A register that answers when it is told to. */
function createSlowRegister() {
  const answers: (() => void)[] = [];
  const read: FactsSource['read'] = (asked) =>
    new Promise(
      (resolve) =>
        void answers.push(() => resolve(asked.map((key) => ({ ...named(key), dependants: [], ageMs: 0 })))),
    );
  const never = () => new Promise<never>(() => undefined);
  return { answers, source: { read, claim: never, readClient: never } satisfies FactsSource };
}

/** The end of this turn of the event loop, and of the next. */
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** Gives the event loop something to do in every turn, for so many milliseconds. */
async function keepBusy(ms: number): Promise<void> {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) {
    const turnUntilMs = performance.now() + 1;
    while (performance.now() < turnUntilMs);
    await turn();
  }
}

/** Waits until so many reads are under way; the test's own limit ends it. */
async function untilAsked(answers: readonly unknown[], count: number): Promise<void> {
  while (answers.length < count) await turn();
}

describe('questions of one turn', () => {
  it.each([
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('%i keys travel in reads of %j', async (count, sizes) => {
    const register = createRegister(named);
    const { reader } = open(register);
    const facts = await Promise.all(keys(count).map((key) => reader.read(key)));
    expect(register.reads.map((read) => read.length)).toEqual(sizes);
    expect(facts.map(({ subject }) => subject?.citizenId)).toEqual(keys(count).map(({ subject }) => subject));
  });

  it('identical questions share one', async () => {
    const register = createRegister(named);
    const { reader } = open(register);
    const [one, other] = await Promise.all([reader.read(keyOf('a')), reader.read(keyOf('a'))]);
    expect(register.reads).toEqual([['a']]);
    expect(one).toBe(other);
  });

  it.each<readonly [string, Partial<FactKey>]>([
    ['another client', { clientId: 'school' }],
    ['another purpose', { purpose: 'marketing' }],
    ['no purpose', { purpose: null }],
    ['a purpose that is called null', { purpose: 'null' }],
    ['another caller', { callerId: 'officer:else' }],
    ['parts that meet elsewhere', { clientId: 'bank","loan', purpose: '' }],
  ])('%s does not share', async (_, changes) => {
    const register = createRegister(named);
    const { reader } = open(register);
    const [one, other] = await Promise.all([reader.read(keyOf('a')), reader.read(keyOf('a', changes))]);
    expect(register.reads).toEqual([['a', 'a']]);
    expect(one).not.toBe(other);
  });

  it('a question of the next turn is another read', async () => {
    const register = createRegister(named);
    const { reader } = open(register);
    await reader.read(keyOf('a'));
    await reader.read(keyOf('b'));
    expect(register.reads).toEqual([['a'], ['b']]);
  });
});

describe('dependants that came with an answer', () => {
  const withChild = (key: FactKey) => ({
    ...named(key),
    dependants: key.subject === 'a' ? [{ subject: 'child', facts: named({ ...key, subject: 'child' }) }] : [],
  });

  it.each<readonly [string, FactKey, number, boolean]>([
    ['are not asked about again', keyOf('child'), 0, false],
    ['are as old as the read they came with', keyOf('child'), 500, true],
    ['are known to the same reader alone', keyOf('child', { callerId: 'officer:else' }), 0, true],
    ['are known for the same purpose alone', keyOf('child', { purpose: 'marketing' }), 0, true],
  ])('%s', async (_, key, laterMs, isRead) => {
    const register = createRegister(withChild);
    const { time, reader } = open(register);
    expect((await reader.read(keyOf('a'))).subject?.citizenId).toBe('a');
    time.ms += laterMs;
    expect((await reader.read(key)).subject?.citizenId).toBe('child');
    expect(register.reads).toEqual(isRead ? [['a'], ['child']] : [['a']]);
  });

  it('do not take the place of a younger answer', async () => {
    const { answers, source } = createSlowRegister();
    const own = {
      ...source,
      read: async (keys: readonly FactKey[]) => (await source.read(keys)).map(withOld),
    };
    const withOld = (facts: AnsweredFacts): AnsweredFacts => ({
      ...facts,
      dependants: [{ subject: 'child', facts: { ...facts, client: null } }],
    });
    const { reader } = open(own);
    const parent = reader.read(keyOf('a'));
    await turn();
    const child = reader.read(keyOf('child'));
    await untilAsked(answers, 2);
    answers.forEach((answer) => answer());
    await Promise.all([parent, child]);
    expect((await reader.read(keyOf('child'))).client).not.toBeNull();
  });
});

describe('questions while a read is under way', () => {
  it('go together when it comes back', async () => {
    const { answers, source } = createSlowRegister();
    const asked: number[] = [];
    const { reader } = open({
      ...source,
      read: (keys) => (asked.push(keys.length), source.read(keys)),
    });
    const first = reader.read(keyOf('a'));
    await turn();
    const second = reader.read(keyOf('b'));
    await turn();
    const third = reader.read(keyOf('c'));
    await turn();
    expect(asked).toEqual([1]);
    answers[0]?.();
    await first;
    await untilAsked(answers, 2);
    answers[1]?.();
    await Promise.all([second, third]);
    expect(asked).toEqual([1, 2]);
  });

  it('gather for as long as the process is busy, when many ask', async () => {
    const register = createRegister(named);
    const { time, reader } = open(register);
    await Promise.all(keys(20).map((key) => reader.read(key)));
    const second = [reader.read(keyOf('a'))];
    await keepBusy(20);
    second.push(reader.read(keyOf('b')));
    await keepBusy(20);
    expect(register.reads.length).toBe(1);
    time.ms += 60;
    await keepBusy(20);
    expect(register.reads.map((read) => read.length)).toEqual([20, 2]);
    await Promise.all(second);
  });

  it('gather no longer than there is work, and are read all the same', async () => {
    const register = createRegister(named);
    const { reader } = open(register);
    const first = keys(20).map((key) => reader.read(key));
    await turn();
    const second = ['a', 'b'].map((subject) => reader.read(keyOf(subject)));
    await Promise.all(first);
    await turn();
    const third = reader.read(keyOf('c'));
    await Promise.all([...second, third]);
    expect(register.reads.map((read) => read.length)).toEqual([20, 3]);
  });

  it('do not wait for one that hangs', async () => {
    const { answers, source } = createSlowRegister();
    const { reader } = open(source);
    void reader.read(keyOf('a')).catch(() => undefined);
    await turn();
    const second = reader.read(keyOf('b'));
    await untilAsked(answers, 2);
    answers[1]?.();
    expect((await second).subject?.citizenId).toBe('b');
  });
});

describe('what was answered', () => {
  it.each([
    ['is used again', 499, undefined, 1],
    ['is read anew once it is 500 ms old', 500, undefined, 2],
    ['is never older than 500 ms, whatever is configured', 500, 60_000, 2],
    ['may be younger', 100, 100, 2],
    ['is used up to the configured age', 99, 100, 1],
  ])('%s', async (_, laterMs, maxAgeMs, reads) => {
    const register = createRegister(named);
    const { time, reader } = open(register, maxAgeMs === undefined ? {} : { maxAgeMs });
    await reader.read(keyOf('a'));
    time.ms += laterMs;
    await reader.read(keyOf('a'));
    expect(register.reads.length).toBe(reads);
  });

  it('is as old as its read, not as its arrival', async () => {
    const { answers, source } = createSlowRegister();
    const { time, reader } = open(source);
    const first = reader.read(keyOf('a'));
    await turn();
    time.ms += 400;
    answers[0]?.();
    await first;
    time.ms += 100;
    void reader.read(keyOf('a')).catch(() => undefined);
    await turn();
    expect(answers.length).toBe(2);
  });

  it('is not stretched by those who ask for it again', async () => {
    const register = createRegister(named);
    const { time, reader } = open(register);
    for (let round = 0; round < 5; round += 1) {
      await reader.read(keyOf('a'));
      time.ms += 200;
    }
    expect(register.reads.length).toBe(2);
  });

  it('a question that waits too long is not joined', async () => {
    const { answers, source } = createSlowRegister();
    const { time, reader } = open(source);
    const first = reader.read(keyOf('a'));
    await turn();
    time.ms += 500;
    const second = reader.read(keyOf('a'));
    await untilAsked(answers, 2);
    for (const answer of answers) answer();
    expect(await first).not.toBe(await second);
  });

  it('is at hand without waiting while it is young enough, for the same question alone', async () => {
    const register = createRegister(named);
    const { time, reader } = open(register);
    expect(reader.find(keyOf('a'))).toBeUndefined();
    const read = await reader.read(keyOf('a'));
    expect(reader.find(keyOf('a'))).toBe(read);
    const others = [
      { subject: 'b' },
      { clientId: 'b' },
      { purpose: null },
      { purpose: '' },
      { callerId: 'b' },
    ];
    for (const other of others) expect(reader.find(keyOf('a', other))).toBeUndefined();
    time.ms += 499;
    expect(reader.find(keyOf('a'))).toBe(read);
    time.ms += 1;
    expect(reader.find(keyOf('a'))).toBeUndefined();
    expect(register.reads).toEqual([['a']]);
  });

  it('is not at hand while it is on its way', async () => {
    const { answers, source } = createSlowRegister();
    const { reader } = open(source);
    const first = reader.read(keyOf('a'));
    await turn();
    expect(reader.find(keyOf('a'))).toBeUndefined();
    answers[0]?.();
    expect(reader.find(keyOf('a'))).toBe(undefined);
    expect(await first).toBe(reader.find(keyOf('a')));
  });

  it('leaves the oldest first when there is too much of it', async () => {
    const register = createRegister(named);
    const { reader } = open(register, { capacity: 2 });
    for (const subject of ['a', 'b', 'c', 'b', 'a']) await reader.read(keyOf(subject));
    expect(register.reads).toEqual([['a'], ['b'], ['c'], ['a']]);
  });
});

describe('a register that fails', () => {
  it('is asked again at once', async () => {
    let round = 0;
    const register = createRegister((key) => ((round += 1) === 1 ? broken() : named(key)));
    const { reader } = open(register);
    await expect(reader.read(keyOf('a'))).rejects.toThrow();
    expect((await reader.read(keyOf('a'))).subject?.citizenId).toBe('a');
  });

  it('fails all who asked with it, and nobody else', async () => {
    const register = createRegister((key) => (key.subject === 'bad' ? broken() : named(key)));
    const { reader } = open(register);
    const together = await Promise.allSettled([reader.read(keyOf('a')), reader.read(keyOf('bad'))]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(reader.read(keyOf('a'))).resolves.toBeDefined();
  });

  it('fails one of two reads of a turn alone', async () => {
    const register = createRegister((key) => (key.subject === 'citizen-100' ? broken() : named(key)));
    const { reader } = open(register);
    const settled = await Promise.allSettled(keys(101).map((key) => reader.read(key)));
    expect(settled.filter(({ status }) => status === 'rejected').length).toBe(1);
    expect(settled[100]?.status).toBe('rejected');
  });

  it.each([0, 1, 3])('is not trusted with %i answers to 2 questions', async (count) => {
    const answer = Array.from({ length: count }, () => ({ ...factsOf(bank), dependants: [], ageMs: 0 }));
    const { reader } = open({ ...createRegister(named), read: async () => answer });
    const settled = await Promise.allSettled(keys(2).map((key) => reader.read(key)));
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('that throws instead of answering is a failure like any other', async () => {
    const { reader } = open({ read: broken, claim: async () => true, readClient: async () => null });
    await expect(reader.read(keyOf('a'))).rejects.toThrow();
  });
});

describe('a register that hangs', () => {
  const slow = createSlowRegister().source;

  it.each<readonly [string, (reader: ReturnType<typeof open>['reader']) => Promise<unknown>]>([
    ['a read', (reader) => reader.read(keyOf('a'))],
    ['a claim', (reader) => reader.claim({ subject: 'a', grantId: 'g' }, 'o')],
    ['a client', (reader) => reader.readClient('bank', 'loan')],
  ])('%s ends at the limit', async (_, ask) => {
    const { reader } = open(slow, { timeoutMs: 20 });
    await expect(ask(reader)).rejects.toThrow('The register did not answer in time.');
  });

  it('is not remembered: the next question is asked', async () => {
    const { answers, source } = createSlowRegister();
    const { reader } = open(source, { timeoutMs: 20 });
    await expect(reader.read(keyOf('a'))).rejects.toThrow();
    const again = reader.read(keyOf('a'));
    await turn();
    answers[1]?.();
    expect((await again).subject?.citizenId).toBe('a');
  });

  it('answers to nobody once it is late', async () => {
    const { answers, source } = createSlowRegister();
    const { reader } = open(source, { timeoutMs: 20 });
    await expect(reader.read(keyOf('a'))).rejects.toThrow();
    answers[0]?.();
    void reader.read(keyOf('a')).catch(() => undefined);
    await turn();
    expect(answers.length).toBe(2);
  });
});

describe('clients', () => {
  it('are kept like facts, each with its purpose', async () => {
    const register = createRegister(named, vneid);
    const { time, reader } = open(register);
    await Promise.all([reader.readClient('vneid', null), reader.readClient('vneid', null)]);
    await reader.readClient('vneid', 'guardian-care');
    time.ms += 499;
    expect(await reader.readClient('vneid', null)).toBe(vneid);
    expect(register.clientReads).toEqual([
      ['vneid', null],
      ['vneid', 'guardian-care'],
    ]);
    time.ms += 1;
    await reader.readClient('vneid', null);
    expect(register.clientReads.length).toBe(3);
  });

  it('that are unknown are kept, too; failures are not', async () => {
    let round = 0;
    const register = createRegister(named);
    const readClient = async () => ((round += 1) === 1 ? broken() : null);
    const { reader } = open({ ...register, readClient });
    await expect(reader.readClient('nobody', null)).rejects.toThrow();
    expect(await reader.readClient('nobody', null)).toBeNull();
    expect(await reader.readClient('nobody', null)).toBeNull();
    expect(round).toBe(2);
  });
});

describe('claims', () => {
  it('are never kept', async () => {
    const register = createRegister(named);
    const { reader } = open(register);
    const grant = { subject: 'a', grantId: 'g' };
    await reader.claim(grant, 'o');
    await reader.claim(grant, 'o');
    expect(register.claims.length).toBe(2);
  });
});

describe('a register that other processes share', () => {
  it('reads once what several ask within a moment, and says how old it is', async () => {
    const register = createRegister(named);
    const time = { ms: 1000 };
    const shared = shareReads(register, { clockMs: () => time.ms });
    const ages: number[] = [];
    for (const laterMs of [0, 100, 149, 1]) {
      time.ms += laterMs;
      const [answered] = await shared.read([keyOf('a')]);
      ages.push(answered?.ageMs ?? -1);
    }
    expect(register.reads).toEqual([['a'], ['a']]);
    expect(ages).toEqual([0, 100, 249, 0]);
  });

  it('answers in the order of the keys, and fails as a whole', async () => {
    const register = createRegister((key) => (key.subject === 'c' ? broken() : named(key)));
    const shared = shareReads(register, { clockMs: () => 0 });
    const answers = await shared.read([keyOf('b'), keyOf('a'), keyOf('b')]);
    expect(answers.map(({ subject }) => subject?.citizenId)).toEqual(['b', 'a', 'b']);
    await expect(shared.read([keyOf('a'), keyOf('c')])).rejects.toThrow();
  });

  it.each([
    ['is used for the rest of 500 ms', 299, 1],
    ['is no older than 500 ms in all', 300, 2],
  ])('what came 200 ms old %s', async (_, laterMs, reads) => {
    const register = createRegister((key) => ({ ...named(key), ageMs: 200 }));
    const { time, reader } = open(register);
    await reader.read(keyOf('a'));
    time.ms += laterMs;
    await reader.read(keyOf('a'));
    expect(register.reads.length).toBe(reads);
  });
});
