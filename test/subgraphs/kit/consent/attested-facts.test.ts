import { randomBytes } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { createAttestedReads, createFactsReader, shareReads } from '#kit';
import {
  attestRead,
  createRegisterClock,
  readCarried,
  signedAnswerType,
  signJws,
  type AttestedRead,
  type CarriedFacts,
  type FactKey,
} from '#schema';
import { bank, factsOf } from './people.ts';
import { createRegister } from './register.ts';

const keys = new Map(['residence', 'vehicles'].map((name) => [name, randomBytes(32)]));
const own = keys.get('residence') ?? new Uint8Array();

const key: FactKey = { subject: 'c', clientId: 'bank', purpose: 'loan', callerId: 'officer:bank' };
const facts = factsOf(bank);
const read: AttestedRead = { key, clockId: 'register-1', atMs: 7000, facts };

const carriedOf = (changes: Partial<AttestedRead> = {}, agency = 'residence'): CarriedFacts => {
  const { text, macs } = attestRead({ ...read, ...changes }, keys);
  return { text, mac: macs[agency] ?? '' };
};
const about = (changes: Partial<FactKey>): CarriedFacts => carriedOf({ key: { ...key, ...changes } });
const changed = (change: (carried: CarriedFacts) => Partial<CarriedFacts>): CarriedFacts => {
  const carried = carriedOf();
  return { ...carried, ...change(carried) };
};
const misshapen = (facts_: unknown): CarriedFacts => carriedOf({ facts: facts_ as AttestedRead['facts'] });

/** The reader of an agency that has asked the register at 50,000 of its clock, when it was 7000 there. */
function open() {
  const time = { ms: 50_000 };
  const register = createRegister(() => factsOf(bank));
  const clock = createRegisterClock(() => time.ms);
  clock.hear({ id: 'register-1', nowMs: 7000 }, time.ms);
  const reader = createFactsReader(register, { clockMs: () => time.ms, attested: { key: own, clock } });
  return { time, register, clock, reader };
}

type Opened = ReturnType<typeof open>;
type Case = readonly [string, (opened: Opened) => readonly CarriedFacts[]];

describe('facts that were carried here', () => {
  it.each<Case>([
    ['as they were read', () => [carriedOf()]],
    ['among others', () => [about({ subject: 'a' }), carriedOf(), about({ subject: 'b' })]],
    ['beside broken ones', () => [changed(() => ({ mac: '' })), carriedOf()]],
    [
      'when they are almost too old',
      ({ time }) => {
        time.ms += 494;
        return [carriedOf()];
      },
    ],
  ])('answer in the place of the register: %s', async (_, carry) => {
    const opened = open();
    opened.reader.accept?.(carry(opened));
    expect((await opened.reader.read(key)).subject).toEqual(facts.subject);
    expect(opened.register.reads).toEqual([]);
  });

  it.each<Case>([
    ['there are none', () => []],
    [
      'the text was changed',
      () => [changed(({ text }) => ({ text: text.replace('"ALIVE"', '"DECEASED"') }))],
    ],
    ['a space was added', () => [changed(({ text }) => ({ text: `${text} ` }))]],
    ['the signature was changed', () => [changed(({ mac }) => ({ mac: `${mac.slice(0, -2)}AA` }))]],
    ['the signature is in letters that take two bytes', () => [changed(() => ({ mac: 'é'.repeat(43) }))]],
    ['the signature is missing', () => [changed(() => ({ mac: '' }))]],
    ['they were signed for another agency', () => [carriedOf({}, 'vehicles')]],
    ['the signature is that of another text', () => [changed(() => ({ mac: about({ subject: 'a' }).mac }))]],
    [
      'a token of the register stands for them',
      () => {
        const [head, text, mac] = signJws(read, signedAnswerType, own).split('.');
        return [{ text: `${head}.${text}`, mac: mac ?? '' }];
      },
    ],
    ['they are about somebody else', () => [about({ subject: 'else' })]],
    ['they are for another client', () => [about({ clientId: 'school' })]],
    ['they are for another purpose', () => [about({ purpose: 'marketing' })]],
    ['they are for no purpose', () => [about({ purpose: null })]],
    ['they are for another caller', () => [about({ callerId: 'officer:else' })]],
    ['they come from another process of the register', () => [carriedOf({ clockId: 'register-2' })]],
    ['they were read in the future', () => [carriedOf({ atMs: 7001 })]],
    ['they were read too long ago', () => [carriedOf({ atMs: 6500 })]],
    [
      'they have grown too old',
      ({ time }) => {
        time.ms += 496;
        return [carriedOf()];
      },
    ],
    [
      'too little is known of the clock of the register',
      ({ time }) => {
        time.ms += 5001;
        return [carriedOf({ atMs: 12_000 })];
      },
    ],
    ['they have no grants', () => [misshapen({ ...facts, grants: undefined })]],
    ['they are none', () => [misshapen(null)]],
    ['their moment is none', () => [carriedOf({ atMs: '7000' as unknown as number })]],
    [
      'they come after a hundred others',
      () => [...Array<CarriedFacts>(100).fill(about({ subject: 'a' })), carriedOf()],
    ],
  ])('are not there when %s: the register is asked', async (_, carry) => {
    const opened = open();
    opened.reader.accept?.(carry(opened));
    await opened.reader.read(key);
    expect(opened.register.reads).toEqual([['c']]);
  });

  it('are kept until they are 500 ms old, and not from when they came', async () => {
    const { time, reader, register } = open();
    time.ms += 300;
    reader.accept?.([carriedOf()]);
    time.ms += 190;
    await reader.read(key);
    expect(register.reads).toEqual([]);
    time.ms += 10;
    await reader.read(key);
    expect(register.reads).toEqual([['c']]);
  });

  it('do not take the place of what was read here', async () => {
    const { reader, register } = open();
    const before = await reader.read(key);
    reader.accept?.([carriedOf({ facts: { ...facts, subject: null } })]);
    expect(await reader.read(key)).toBe(before);
    expect(register.reads).toEqual([['c']]);
  });

  it('are taken by nobody who shares no key with the register', () => {
    const reader = createFactsReader(
      createRegister(() => factsOf(bank)),
      { clockMs: () => 0 },
    );
    expect(reader.accept).toBeUndefined();
  });
});

describe('the register', () => {
  function attesting() {
    const time = { ms: 1000 };
    const register = createRegister(({ subject }) => ({
      ...factsOf(bank),
      dependants:
        subject === 'parent' ? [{ subject: 'child', facts: { ...factsOf(bank), client: null } }] : [],
    }));
    const { readDated } = shareReads(register, { clockMs: () => time.ms });
    const withGateway = new Map([...keys, ['gateway', randomBytes(32)] as const]);
    return {
      time,
      register,
      attest: createAttestedReads({ readDated, keys: withGateway, clockMs: () => time.ms }),
    };
  }

  test('attests a read for each agency, and for nobody else', async () => {
    const { attest } = attesting();
    const { facts: attested, clock } = await attest([key]);
    const [{ subject, text, macs } = { subject: '', text: '', macs: {} }, ...others] = attested[0] ?? [];
    expect(others).toEqual([]);
    expect(subject).toBe('c');
    expect(Object.keys(macs)).toEqual(['residence', 'vehicles']);
    for (const [name, mac] of Object.entries<string>(macs))
      expect(readCarried({ text, mac }, keys.get(name) ?? own)).toEqual({
        key,
        clockId: clock.id,
        atMs: 1000,
        facts: factsOf(bank),
      });
  });

  test('attests each of those whom the subject represents by themselves', async () => {
    const { attest } = attesting();
    const { facts: attested } = await attest([{ ...key, subject: 'parent' }]);
    expect(attested[0]?.map(({ subject }) => subject)).toEqual(['parent', 'child']);
    const read = attested[0]?.map(({ text, macs }) =>
      readCarried({ text, mac: macs['residence'] ?? '' }, own),
    );
    expect(read?.map((each) => [each?.key.subject, each?.facts])).toEqual([
      ['parent', factsOf(bank)],
      ['child', { ...factsOf(bank), client: null }],
    ]);
  });

  test('says when a shared read began, and what time it is', async () => {
    const { time, register, attest } = attesting();
    const [first] = (await attest([key])).facts;
    time.ms += 100;
    const later = await attest([key]);
    expect(later.facts).toEqual([first]);
    expect(later.clock.nowMs).toBe(1100);
    expect(register.reads).toEqual([['c']]);
  });
});
