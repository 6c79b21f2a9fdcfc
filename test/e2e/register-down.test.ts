import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase, type Database } from '#db';
import { inject } from 'vitest';
import { appCaller, citizenCaller } from '../support/callers.ts';
import { startGraphUnderTest, type GraphAnswer } from '../support/graph-under-test.ts';
import { writeGrant } from '../support/grants.ts';
import { personaNamed } from '../support/personas.ts';
import { findValues, readProtectedValues } from '../support/protected-values.ts';
import { startTroubledRegister, troubles } from '../support/troubled-register.ts';

type Graph = Awaited<ReturnType<typeof startGraphUnderTest>>;

const an = personaNamed('nguyen-van-an');
const asAn = citizenCaller(an.citizenId);
const bank = appCaller('bank-loans', 'loan-assessment');
const limitMs = 2000;

const read = `query Read($personalId: PersonalId!) {
  __typename __schema { queryType { name } }
  citizen(personalId: $personalId) { fullName residence { household { memberCount } } }
  citizens(personalIds: [$personalId, $personalId]) { fullName } }`;
const variables = { personalId: an.personalId };
const whole = { fullName: 'Nguyễn Văn An', residence: { household: { memberCount: expect.any(Number) } } };

const grantOf = (graph: Graph): Promise<string> => {
  const register = graph.databaseOf('consent');
  return writeGrant(register, {
    citizenId: an.citizenId,
    clientId: 'bank-loans',
    purpose: 'loan-assessment',
    scopes: ['PERSONAL_INFORMATION', 'RESIDENCE'],
  }).finally(() => register.close());
};

/** Facts known already hold for half a second: what begins now asks anew. */
const clock = { ms: 0 };
let values: ReadonlySet<string>;
beforeAll(async () => {
  values = await readProtectedValues([an.citizenId]);
});

async function ask(graph: Graph, document: string, caller: typeof bank) {
  clock.ms += 10_000;
  const startedMs = performance.now();
  const response = await graph.post({ query: document, variables }, caller);
  return { response, answer: response.body as GraphAnswer, ms: performance.now() - startedMs };
}

const outcomesOf = ({ errors = [] }: GraphAnswer) =>
  errors.map(({ path, extensions: { code } }) => `${path?.join('.')} ${code}`).sort();

/** Whoever asks, what is guarded refuses in time, and the rest is there. */
async function expectUndecidable(graph: Graph): Promise<void> {
  for (const caller of [bank, asAn]) {
    graph.lines.length = 0;
    const { response, answer, ms } = await ask(graph, read, caller);
    expect(ms).toBeLessThan(limitMs);
    expect(response.status).toBe(200);
    expect(answer.data).toEqual({
      __typename: 'Query',
      __schema: { queryType: { name: 'Query' } },
      citizen: null,
      citizens: null,
    });
    expect(outcomesOf(answer)).toEqual(['citizen CONSENT_UNDECIDABLE', 'citizens CONSENT_UNDECIDABLE']);
    const told = [response.text, JSON.stringify(response.headers), ...graph.lines].join('\n');
    expect(findValues(told, values)).toEqual([]);
    expect(told).not.toMatch(/127\.0\.0\.1|ECONN|select |undici|at \//);
  }
}

async function expectWell(graph: Graph): Promise<void> {
  const isWell = async () => (await ask(graph, read, bank)).answer;
  await expect.poll(isWell, { timeout: 10_000 }).toMatchObject({ data: { citizen: whole } });
  expect((await ask(graph, read, asAn)).answer).toMatchObject({ data: { citizen: whole } });
}

const state = 'query { __typename consentRequest(id: "0198a000-0000-7000-8000-000000000000") { status } }';
/** The register's own graph knows who signed in; the others do not. */
const mine = '{ me { id fullName dependants { citizen { fullName } } } }';

describe('over HTTP', () => {
  let graph: Graph;
  let register: Awaited<ReturnType<typeof startTroubledRegister>>;
  beforeAll(async () => {
    register = await startTroubledRegister();
    graph = await startGraphUnderTest({
      way: 'over HTTP',
      own: ['consent'],
      clockMs: () => clock.ms,
      registerUrlOf: register.urlOf,
    });
    await grantOf(graph);
  });
  afterAll(async () => {
    await register.set(null);
    await graph.close();
    await register.close();
  });

  test.each(troubles)(
    'the register %s: guarded fields refuse, open ones answer, and then all is well again',
    async (trouble) => {
      await expectWell(graph);
      await register.set(trouble);
      try {
        await expectUndecidable(graph);
        const { answer, ms } = await ask(graph, state, bank);
        expect(ms).toBeLessThan(limitMs);
        expect(answer.data).toEqual({ __typename: 'Query', consentRequest: { status: 'PENDING' } });
        const own = await ask(graph, mine, asAn);
        expect(own.ms).toBeLessThan(limitMs);
        expect(own.answer.data).toEqual({ me: { id: an.citizenId, fullName: null, dependants: null } });
        expect(outcomesOf(own.answer)).toEqual(
          ['me.dependants', 'me.fullName'].map((path) => `${path} CONSENT_UNDECIDABLE`),
        );
      } finally {
        await register.set(null);
      }
      await expectWell(graph);
    },
  );
});

/** Nobody reaches the register's database until the answered function is called. */
async function cutOff(register: Database): Promise<() => Promise<void>> {
  const [row] = await register.sql<{ name: string }>`select current_database() as name`;
  const name = row?.name ?? '';
  const admin = connectDatabase({ url: inject('adminUrl'), poolSize: 1 });
  await admin.sql.unsafe(`alter database "${name}" with allow_connections false`);
  await admin.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  return async () => {
    await admin.sql.unsafe(`alter database "${name}" with allow_connections true`);
    await admin.close();
  };
}

/** Whoever reads these tables waits until the answered function is called. */
async function lock({ begin }: Database, tables: string): Promise<() => Promise<void>> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let held: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    held = begin(
      async ({ sql }) => {
        await sql.unsafe(`lock table ${tables} in access exclusive mode`);
        resolve();
        await released;
      },
      { queryTimeoutMs: 60_000 },
    );
    held.catch(reject);
  });
  return async () => {
    release();
    await held;
  };
}

describe('in one process', () => {
  let graph: Graph;
  let register: Database;
  beforeAll(async () => {
    graph = await startGraphUnderTest({
      own: ['consent'],
      clockMs: () => clock.ms,
      queryTimeoutMs: 1500,
    });
    await grantOf(graph);
    register = graph.databaseOf('consent');
  });
  afterAll(async () => {
    await register.close();
    await graph.close();
  });

  test.each([
    ['cannot be reached', (database: Database) => cutOff(database)],
    ['hangs over the grants', (database: Database) => lock(database, 'grants')],
    ['hangs over the clients', (database: Database) => lock(database, 'grants, clients, purposes')],
  ])(
    'the database of the register %s: guarded fields refuse, open ones answer, and then all is well again',
    async (_, bring) => {
      await expectWell(graph);
      const end = await bring(register);
      try {
        await expectUndecidable(graph);
      } finally {
        await end();
      }
      await expectWell(graph);
    },
  );

  test('while the grants hang, an app still learns how its own request stands', async () => {
    const end = await lock(register, 'grants');
    try {
      const { answer, ms } = await ask(graph, state, bank);
      expect(ms).toBeLessThan(limitMs);
      expect(answer.data).toEqual({ __typename: 'Query', consentRequest: { status: 'PENDING' } });
    } finally {
      await end();
    }
  });
});
