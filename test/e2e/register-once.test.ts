import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgencyRequest, AskAgency } from '../../gateway/agency-source.ts';
import { examplePersonalId, profileQuery } from '../../gateway/explorer/profile-query.ts';
import { startGraphUnderTest } from '../support/graph-under-test.ts';
import { startTroubledRegister } from '../support/troubled-register.ts';

type Change = (agency: string, facts: string | undefined) => string | undefined;

const asItIs: Change = (_, facts) => facts;
const clock = { ms: 0 };
let change: Change = asItIs;
const sent = new Map<string, string | undefined>();
let register: Awaited<ReturnType<typeof startTroubledRegister>>;
let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;

/** The facts that travel to an agency are noted, and changed as the test says. */
const wrap = (agency: string, ask: AskAgency): AskAgency => {
  const changing = (request: AgencyRequest) => {
    const facts = change(agency, request.facts);
    sent.set(agency, facts);
    return ask({ ...request, facts });
  };
  return Object.assign(changing, { takesBody: ask.takesBody ?? false });
};

beforeAll(async () => {
  register = await startTroubledRegister();
  const clockMs = (): number => clock.ms;
  graph = await startGraphUnderTest({ way: 'over HTTP', clockMs, wrap, registerUrlOf: register.urlOf });
});
afterAll(async () => {
  await graph.close();
  await register.close();
});

/** Everybody has asked the register, whose facts are of no use any more. */
beforeEach(async () => {
  change = (agency, facts) => (agency === 'population' ? facts : undefined);
  clock.ms += 10_000;
  await read();
  clock.ms += 1000;
  change = asItIs;
  sent.clear();
  register.takeCount();
});

async function read(): Promise<string> {
  const response = await graph.post({ query: profileQuery, variables: { personalId: examplePersonalId } });
  expect(response.body.errors).toBeUndefined();
  return response.text;
}

const others = ['residence', 'id-cards', 'dependants', 'vehicles', 'health-records'] as const;

/** The gateway reads the client by a call of its own, which it keeps for half a second. */
const ofGateway = 1;

test('the agencies of one operation ask the register once', async () => {
  await read();
  expect(register.takeCount()).toBe(1 + ofGateway);
  for (const agency of others) expect(JSON.parse(sent.get(agency) ?? '[]')).toHaveLength(1);
});

test('for a hundred people, too, whose dependants are known by then', async () => {
  const database = graph.databaseOf('population');
  const rows = await database.sql<{ number: string }>`
    select personal_id as number from citizens where personal_id like '099%' order by personal_id limit 100`;
  await database.close();
  const { errors } = await graph.query(
    `query ($ids: [PersonalId!]!) { citizens(personalIds: $ids) { fullName vehicles { plateNumber } idCards { status } } }`,
    { ids: rows.map(({ number }) => number) },
  );
  expect(errors).toBeUndefined();
  expect(register.takeCount()).toBe(1 + ofGateway);
  expect(JSON.parse(sent.get('vehicles') ?? '[]')).toHaveLength(100);
});

test('no fact of the register leaves the gateway', async () => {
  const text = await read();
  expect(sent.get('residence')).toContain('grants');
  expect(text).not.toMatch(/"(facts|macs|mac|grants|lifeStatus|isFresh)"/);
});

test.each<readonly [string, Change]>([
  ['changed', (_, facts) => facts?.replace('ALIVE', 'DECEASED')],
  ['missing', () => undefined],
  ['of another agency', (agency, facts) => (agency === 'residence' ? facts : sent.get('residence'))],
  ['no list', () => '{"text":"a","mac":"b"}'],
  ['no facts', () => '[null, 7, {"text":7}, {"mac":"a"}]'],
  ['younger than the register', (_, facts) => facts?.replace(/atMs\\":\d+/, 'atMs\\":999999999')],
])('facts that are %s on their way let nobody read, and the register is asked', async (_, damage) => {
  const before = await read();
  clock.ms += 1000;
  sent.clear();
  register.takeCount();
  change = damage;
  expect(await read()).toBe(before);
  expect(register.takeCount()).toBeGreaterThan(others.length);
});

test('facts that took half a second on their way are of no use', async () => {
  change = (agency, facts) => {
    if (agency === 'residence') clock.ms += 500;
    return facts;
  };
  await read();
  expect(register.takeCount()).toBeGreaterThan(1 + ofGateway);
});
