import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerTokenHeader, factsOverHttp, noticesOverHttp, type Caller, type SignedBase } from '#schema';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { readAgencyConfig } from '../../subgraphs/config.ts';
import type { RunningAgency } from '../../subgraphs/start-agency.ts';
import { startSideBySide } from '../../subgraphs/start-side-by-side.ts';
import { registerAskers, registerKeyVariableOf } from '../../subgraphs/variables.ts';
import { testAsOf, testNow } from '../support/agency-under-test.ts';
import { anonymous, citizenCaller } from '../support/callers.ts';
import {
  askName,
  askNameAs,
  citizenIdOf,
  environmentOf,
  expectSoon,
  hostedNames,
  keyOf,
  prepareHosted,
  reasonOf,
  tokens,
  type Answer,
  type HostedGround,
  type HostedName,
} from '../support/hosted-agencies.ts';

const clocks = { now: () => testNow, clockMs: () => performance.now() };
const running = new Map<HostedName, RunningAgency>();
let ground: HostedGround;
const originOf = (name: HostedName): string => ground.originOf(name);

const start = async (name: HostedName): Promise<void> => {
  const config = readAgencyConfig(name, undefined, environmentOf(name, ground));
  for (const agency of await startSideBySide(new Map([[name, config]]), clocks)) running.set(name, agency);
};

const populationUrl = (): string => running.get('population')?.url ?? '';
const askAs = (caller: Caller, subject: string): Promise<Answer> =>
  askNameAs(populationUrl(), caller, subject);

beforeAll(async () => {
  ground = await prepareHosted();
  await Promise.all(hostedNames.map(start));
  // The first answer waits for connections and statements that all later ones find.
  const stranger = citizenIdOf('stranger');
  await expectSoon('none', 'nothing', () => askAs(citizenCaller(stranger), stranger));
});
afterAll(() => Promise.all([...running.values()].map((agency) => agency.stop())));

describe('an agency over HTTP', () => {
  const an = citizenIdOf('nguyen-van-an');

  it('answers what the register lets the caller see, with its decision', async () => {
    const { status, body } = await askAs(citizenCaller(an), an);
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(body.data?._entities[0]?.fullName).toBeTruthy();
    const decision = { subject: an, scope: 'PERSONAL_INFORMATION', isAllowed: true, basis: 'SELF' };
    const paths = ['_entities.0.fullName'];
    expect(body.extensions?.decisions).toEqual([{ ...decision, grantId: null, reason: null, paths }]);
  });

  it('refuses a stranger, and somebody who is not signed in', async () => {
    const stranger = await askAs(citizenCaller(citizenIdOf('stranger')), an);
    expect([stranger.status, reasonOf(stranger)]).toEqual([200, 'NO_CONSENT']);
    expect(stranger.body.data?._entities).toEqual([{ fullName: null }]);
    expect(reasonOf(await askAs(anonymous, an))).toBe('NOT_SIGNED_IN');
  });

  it.each([
    ['no token', null],
    ['garbage', 'a.b.c'],
    ["another agency's token", tokens.sign('residence', citizenCaller(an), 'o')],
    [
      "a token made with another agency's key",
      createCallerTokens({
        keyOf: () => keyOf('RESIDENCE_CALLER_KEY'),
        nowSeconds: () => testNow.getTime() / 1000,
      }).sign('population', citizenCaller(an), 'o'),
    ],
  ])('answers 401 to %s', async (_, token) => {
    const answer = await askName(populationUrl(), an, token);
    expect([answer.status, reasonOf(answer)]).toEqual([401, 'CALLER_TOKEN_INVALID']);
    expect(answer.body.data).toBeUndefined();
  });
});

describe('several callers in one request', () => {
  const an = citizenIdOf('nguyen-van-an');
  const stranger = citizenIdOf('stranger');
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { fullName } } }';
  const request = { query, variables: { r: [{ __typename: 'Citizen', id: an }] } };
  const sign = (caller: Caller) => tokens.sign('population', caller, randomUUID());

  it('each has the answer that it would have alone', async () => {
    const callers = [
      sign(citizenCaller(an)),
      sign(citizenCaller(stranger)),
      'a.b.c',
      tokens.sign('residence', citizenCaller(an), 'o'),
      sign(anonymous),
    ];
    const response = await fetch(`${populationUrl()}/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [callerTokenHeader]: sign(citizenCaller(stranger)) },
      body: JSON.stringify(
        callers.map((callerToken, id) => ({ id, callerToken, requestId: `op-${id}`, request })),
      ),
    });
    const lines = (await response.text()).trimEnd().split('\n');
    const answers = lines
      .map((line) => JSON.parse(line) as Answer['body'] & { readonly id: number })
      .sort((one, other) => one.id - other.id);
    expect(answers.map((body) => [body.id, reasonOf({ status: 200, body })])).toEqual([
      [0, 'none'],
      [1, 'NO_CONSENT'],
      [2, 'CALLER_TOKEN_INVALID'],
      [3, 'CALLER_TOKEN_INVALID'],
      [4, 'NOT_SIGNED_IN'],
    ]);
    const shown = answers.map(({ data }) => typeof data?._entities[0]?.fullName === 'string');
    expect(shown).toEqual([true, false, false, false, false]);
    const decided = (body: Answer['body']) => body.extensions?.decisions;
    expect(decided(answers[0] as Answer['body'])).toMatchObject([
      { subject: an, isAllowed: true, basis: 'SELF' },
    ]);
    expect(decided(answers[1] as Answer['body'])).toMatchObject([{ subject: an, isAllowed: false }]);
  });

  it('nothing is read of a request whose sender nobody vouches for', async () => {
    const response = await fetch(`${populationUrl()}/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [callerTokenHeader]: 'a.b.c' },
      body: JSON.stringify([{ id: 0, callerToken: sign(citizenCaller(an)), requestId: 'o', request }]),
    });
    expect(response.status).toBe(401);
  });
});

describe('the register over HTTP', () => {
  const base = (issuer: string, key: string): SignedBase => ({
    url: originOf('consent'),
    key: keyOf(key),
    issuer,
    now: clocks.now,
    timeoutMs: 5000,
  });
  const key = { subject: citizenIdOf('stranger'), clientId: 'vneid', purpose: null, callerId: 'nobody' };

  it('tells each agency facts and the gateway clients, nobody anything else', async () => {
    for (const asker of registerAskers) {
      const register = factsOverHttp(base(asker, registerKeyVariableOf(asker)));
      const client = { clientId: 'vneid', isFirstParty: true, purpose: null };
      if (asker === 'gateway') expect(await register.readClient('vneid', null)).toEqual(client);
      else expect((await register.read([key]))[0]).toMatchObject({ client });
      await expect(
        asker === 'gateway' ? register.read([key]) : register.readClient('vneid', null),
      ).rejects.toThrow('status 401');
    }
  });

  it("believes nobody who signs with another's key, or with none", async () => {
    const forged = factsOverHttp(base('population', 'RESIDENCE_REGISTER_KEY'));
    await expect(forged.read([key])).rejects.toThrow('status 401');
    const response = await fetch(`${originOf('consent')}/register`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
  });

  it('alone hears the notices of an agency, and the register itself has none', async () => {
    const now = clocks.now;
    const own = { key: keyOf('POPULATION_REGISTER_KEY'), issuer: 'consent', now, timeoutMs: 5000 };
    expect(await noticesOverHttp({ ...own, url: originOf('population') })([])).toEqual([]);
    const other = noticesOverHttp({
      ...own,
      url: originOf('population'),
      key: keyOf('DEPENDANTS_REGISTER_KEY'),
    });
    await expect(other([])).rejects.toThrow('status 401');
    await expect(noticesOverHttp({ ...own, url: originOf('consent') })([])).rejects.toThrow('status 404');
  });

  it('follows population: a locked account binds within a second, and so does its unlocking', async () => {
    const an = citizenIdOf('nguyen-van-an');
    const ask = () => askAs(citizenCaller(an), an);
    const set = (state: string) =>
      ground.write('population', 'update citizens set account_state = $1 where citizen_id = $2', [state, an]);
    expect(reasonOf(await ask())).toBe('none');
    await set('LOCKED');
    await expectSoon('SUBJECT_LOCKED', 'none', ask);
    await set('ACTIVE');
    await expectSoon('none', 'SUBJECT_LOCKED', ask);
  });

  it('follows dependants: custody that is lost binds within a second', async () => {
    const [mother, child] = [citizenIdOf('separated-mother'), citizenIdOf('child-of-separated')];
    const ask = () => askAs(citizenCaller(mother), child);
    expect(reasonOf(await ask())).toBe('none');
    const end = 'update dependants set valid_to = $1 where citizen_id = $2 and dependant_id = $3';
    await ground.write('dependants', end, [testAsOf, mother, child]);
    await expectSoon('NOT_REPRESENTATIVE', 'none', ask);
  });
});

describe('without dependants', () => {
  it('nobody is represented, and everybody still reads their own', async () => {
    const [mother, child] = [citizenIdOf('tran-thi-binh'), citizenIdOf('child-6')];
    const ask = () => askAs(citizenCaller(mother), child);
    await expectSoon('none', 'nothing', ask);
    await running.get('dependants')?.stop();
    await expectSoon('STALE', 'none', ask);
    expect(reasonOf(await askAs(citizenCaller(mother), mother))).toBe('none');
    await start('dependants');
    await expectSoon('none', 'nothing', ask);
  });
});

describe('without the register', () => {
  it('an agency refuses within two seconds, stays ready, and goes on when the register is back', async () => {
    const an = citizenIdOf('nguyen-van-an');
    const ask = () => askAs(citizenCaller(an), an);
    await running.get('consent')?.stop();
    await expectSoon('AGENCY_UNAVAILABLE', 'none', ask);
    const startedMs = performance.now();
    expect(reasonOf(await ask())).toBe('AGENCY_UNAVAILABLE');
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect((await fetch(`${originOf('population')}/health/ready`)).status).toBe(200);
    await start('consent');
    await expectSoon('none', 'nothing', ask);
  });
});
