import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import { expectAlikeWaits } from '../support/alike-waits.ts';
import { appCaller, citizenCaller, type Caller } from '../support/callers.ts';
import { startGraphUnderTest, ways, type GraphAnswer } from '../support/graph-under-test.ts';
import { writeGrant } from '../support/grants.ts';
import { personaNamed } from '../support/personas.ts';
import { testNow } from '../support/agency-under-test.ts';

const isFull = inject('isFull');

type Graph = Awaited<ReturnType<typeof startGraphUnderTest>>;

const binh = personaNamed('tran-thi-binh');
/** A number for each kind of person about whom nobody may learn anything. */
const kinds = {
  'an unknown number': '099000000000',
  'a known adult': personaNamed('stranger').personalId,
  'a locked account': personaNamed('locked-account').personalId,
  'a deceased': personaNamed('deceased').personalId,
  'a child': personaNamed('child-6').personalId,
  'nobody’s account': personaNamed('no-account').personalId,
  'an old CMND': binh.identifiers.find(({ value }) => value.length === 9)?.value ?? '',
} as const;
const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];

const bank = appCaller('bank-loans', 'loan-assessment');
const hospital = appCaller('hospital', 'treatment');
const pensioner = citizenCaller(personaNamed('pensioner').citizenId);
const readers: readonly [string, Caller][] = [
  ['an app for a purpose', bank],
  ['a citizen', pensioner],
];

/** Differs from answer to answer, whoever it is about. */
const ofEachAnswer = ['x-request-id', 'date'];
const headersOf = (headers: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofEachAnswer.includes(name)));

describe.each(ways)('%s, without a live basis nobody is told who exists', (way) => {
  let graph: Graph;
  /** How far the clock runs ahead. In one process every measured read finds all facts too old and asks the register. */
  const ahead = { ms: 0 };
  beforeAll(async () => {
    graph = await startGraphUnderTest({ way, own: ['consent'], clockMs: () => performance.now() + ahead.ms });
  });
  afterAll(() => graph.close());

  const read = (kind: keyof typeof kinds, caller: Caller) =>
    graph.post({ query: profileQuery, variables: { personalId: kinds[kind] } }, caller);

  test.each(readers)('%s gets one and the same answer for everybody', async (_, caller) => {
    const answers = [];
    for (const kind of kindNames) answers.push(await read(kind, caller));
    const [first] = answers;
    expect(first?.body.data).toEqual({ citizen: null });
    expect(first?.body.errors).toEqual([
      expect.objectContaining({
        path: ['citizen'],
        extensions: expect.objectContaining({ code: 'CONSENT_REQUIRED', reason: 'NO_CONSENT' }),
      }),
    ]);
    for (const [index, answer] of answers.entries()) {
      expect(answer.status, kindNames[index]).toBe(first?.status);
      expect(headersOf(answer.headers), kindNames[index]).toEqual(headersOf(first?.headers ?? {}));
      expect(answer.text, kindNames[index]).toBe(first?.text);
    }
  });

  test.each(readers)('%s cannot tell them apart within a list either', async (_, caller) => {
    const document = 'query ($ids: [PersonalId!]!) { citizens(personalIds: $ids) { fullName } }';
    const own = caller === pensioner ? [personaNamed('pensioner').personalId] : [];
    const ids = [...own, ...Object.values(kinds)];
    const { data, errors } = await graph.query(document, { ids }, caller);
    const places = ids.map((_id, index) => index).slice(own.length);
    expect(data.citizens?.slice(own.length) ?? null).toEqual(own.length > 0 ? places.map(() => null) : null);
    const told = errors?.map(({ path: _path, ...error }) => JSON.stringify(error));
    expect(new Set(told).size).toBe(1);
    expect(told).toHaveLength(own.length > 0 ? places.length : 1);
  });

  const rounds = { first: 300, more: 150, atMost: 900 };
  // Minutes of reading: npm run test:proofs.
  test.runIf(isFull).each(readers)(
    `%s waits as long for everybody: medians of ${rounds.first} reads`,
    async (_, caller) => {
      const readNext = (kind: keyof typeof kinds) => {
        if (way === 'in one process') ahead.ms += 1000;
        return read(kind, caller);
      };
      for (let warm = 0; warm < 30; warm += 1) for (const kind of kindNames) await readNext(kind);
      await expectAlikeWaits(kindNames, rounds, readNext);
    },
    120_000,
  );

  const ask = (personalId: string, caller: Caller, validDays: number, scopes = ['PERSONAL_INFORMATION']) =>
    graph.post(
      {
        query: `mutation ($personalId: PersonalId!, $scopes: [String!]!, $validDays: Int!) {
          requestConsent(personalId: $personalId, scopes: $scopes, validDays: $validDays) { requestId status expiresAt } }`,
        variables: { personalId, scopes, validDays },
      },
      caller,
    );

  test('whom an app may ask for consent tells nothing, nor does asking again', async () => {
    const receipts = [];
    for (const kind of kindNames) {
      const [one, again] = [await ask(kinds[kind], bank, 9), await ask(kinds[kind], bank, 9)];
      expect(again.text, kind).toBe(one.text);
      expect(headersOf(again.headers)).toEqual(headersOf(one.headers));
      receipts.push(one);
    }
    const [first] = receipts;
    expect(first?.body.errors).toBeUndefined();
    const shapeOf = (text: string): string => text.replace(/[0-9a-f-]{36}/, '…');
    expect(new Set(receipts.map(({ text }) => shapeOf(text))).size).toBe(1);
    expect(new Set(receipts.map(({ headers }) => JSON.stringify(headersOf(headers)))).size).toBe(1);
    const ids = receipts.map(({ body }) => body.data.requestConsent.requestId as string);
    expect(new Set(ids).size).toBe(kindNames.length);
    for (const id of ids) {
      const state = await graph.query(
        `query ($id: ID!) { consentRequest(id: $id) { status } }`,
        { id },
        bank,
      );
      expect(state.data.consentRequest).toEqual({ status: 'PENDING' });
    }
  });

  test.runIf(isFull && way === 'over HTTP')(
    'an app waits as long for the receipt of anybody',
    async () => {
      const some = ['an unknown number', 'a known adult'] as const;
      // Each asking is a request of its own.
      const scopes = [
        ['HEALTH_INSURANCE'],
        ['HEALTH_RECORDS'],
        ['HEALTH_RECORDS', 'HEALTH_INSURANCE'],
        ['PERSONAL_INFORMATION'],
      ];
      const days = 120;
      const asking = (kind: (typeof some)[number], round: number) =>
        ask(kinds[kind], hospital, 1 + (round % days), scopes[Math.floor(round / days)]);
      for (let warm = 3 * days; warm < 4 * days; warm += 1) for (const kind of some) await asking(kind, warm);
      await expectAlikeWaits(some, { first: days, more: days, atMost: 3 * days }, asking);
    },
    60_000,
  );

  describe('with a live grant', () => {
    const empty = personaNamed('foreigner');
    const give = async (
      citizenId: string,
      more: Partial<Parameters<typeof writeGrant>[1]> = {},
    ): Promise<string> => {
      const register = graph.databaseOf('consent');
      const grant = { clientId: 'bank-loans', purpose: 'loan-assessment', citizenId } as const;
      return writeGrant(register, {
        ...grant,
        scopes: ['PERSONAL_INFORMATION', 'ID_CARDS', 'SOCIAL_INSURANCE'],
        ...more,
      }).finally(() => register.close());
    };
    const outcomeOf = async (personalId: string, caller: Caller): Promise<GraphAnswer> => {
      // Facts that were read before the grant was written hold for half a second.
      const { data, errors } = await graph.query(
        'query ($personalId: PersonalId!) { citizen(personalId: $personalId) { fullName idCards { status } } }',
        { personalId },
        caller,
      );
      return { data, ...(errors && { errors }) };
    };
    const reasonOf = async (personalId: string, caller: Caller): Promise<unknown> =>
      (await outcomeOf(personalId, caller)).errors?.map(({ extensions: { code, reason } }) => [code, reason]);
    const eventually = (read: () => Promise<unknown>) => expect.poll(read, { timeout: 5000, interval: 100 });

    test('what is empty is an empty list', async () => {
      await give(empty.citizenId);
      await eventually(async () => (await outcomeOf(empty.personalId, bank)).data).toEqual({
        citizen: { fullName: expect.any(String), idCards: [] },
      });
    });

    test('an app hears the true reason about its own earlier grants, and no other app does', async () => {
      const [withdrawn, expired, locked] = [
        'old-b2-licence',
        'two-vehicles-kept-plate',
        'locked-account',
      ].map(personaNamed) as [typeof empty, typeof empty, typeof empty];
      const grantId = await give(withdrawn.citizenId);
      const { data } = await graph.query(
        'mutation ($grantId: ID!) { withdrawConsent(grantId: $grantId) { status } }',
        { grantId },
        citizenCaller(withdrawn.citizenId, 1),
      );
      expect(data.withdrawConsent.status).toBe('WITHDRAWN');
      await give(expired.citizenId, { validTo: new Date(testNow.getTime() - 1000) });
      await give(locked.citizenId);
      const known = [
        [withdrawn, 'CONSENT_REQUIRED', 'CONSENT_WITHDRAWN'],
        [expired, 'CONSENT_REQUIRED', 'CONSENT_EXPIRED'],
        [locked, 'FORBIDDEN', 'SUBJECT_LOCKED'],
      ] as const;
      for (const [{ personalId }, code, reason] of known) {
        await eventually(() => reasonOf(personalId, bank)).toEqual([[code, reason]]);
        expect(await reasonOf(personalId, hospital)).toEqual([['CONSENT_REQUIRED', 'NO_CONSENT']]);
        expect(await reasonOf(personalId, pensioner)).toEqual([['CONSENT_REQUIRED', 'NO_CONSENT']]);
      }
    });

    test('a citizen hears the true reason about themselves', async () => {
      const [locked, levelOne] = ['locked-account', 'level-1-only'].map(personaNamed) as [
        typeof empty,
        typeof empty,
      ];
      expect(await reasonOf(locked.personalId, citizenCaller(locked.citizenId))).toEqual([
        ['FORBIDDEN', 'SUBJECT_LOCKED'],
      ]);
      expect(await reasonOf(levelOne.personalId, citizenCaller(levelOne.citizenId, 1))).toEqual([
        ['LEVEL_TOO_LOW', 'LEVEL_TOO_LOW'],
      ]);
    });
  });
});
