import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appCaller } from '../../support/callers.ts';
import {
  as,
  bank,
  hospital,
  idOf,
  numberOf,
  openRegister,
  unknownId,
  unknownNumber,
  type Register,
} from './people.ts';

let register: Register;
let now = new Date('2026-11-06T05:00:00Z');
beforeAll(async () => {
  register = await openRegister({ now: () => now });
});
afterAll(() => register.close());

const doctor = appCaller('hospital', 'treatment', { sub: 'officer:doctor', roles: ['officer', 'clinician'] });
const colleague = { ...doctor, sub: 'officer:colleague' };
const auditor = { ...doctor, sub: 'auditor:1', roles: ['auditor' as const] };
const justification = 'Unconscious after a road accident';
const scopes = ['HEALTH_RECORDS', 'PERSONAL_INFORMATION'];
const begin = `mutation ($personalId: PersonalId!, $scopes: [String!]!, $justification: String!, $hours: Int! = 24) {
  beginEmergencyAccess(personalId: $personalId, scopes: $scopes, justification: $justification, hours: $hours) {
    accessId scopes beganAt endsAt reviewDueAt } }`;
const beginFor = (
  personalId: string,
  more: object = {},
  who: Parameters<typeof register.query>[2] = doctor,
) => register.query(begin, { personalId, scopes, justification, ...more }, who);
const end = (accessId: string, who: Parameters<typeof register.query>[2] = doctor) =>
  register.query(
    'mutation ($id: ID!) { endEmergencyAccess(accessId: $id) { accessId endedAt } }',
    { id: accessId },
    who,
  );

describe('a clinician', () => {
  test('opens an access and its review, the same for somebody and nobody', async () => {
    const known = await beginFor(numberOf('stranger'));
    const unknown = await beginFor(unknownNumber);
    for (const { data, errors } of [known, unknown]) {
      expect(errors).toBeUndefined();
      expect(data.beginEmergencyAccess).toMatchObject({
        scopes,
        beganAt: '2026-11-06T05:00:00.000Z',
        endsAt: '2026-11-07T05:00:00.000Z',
        reviewDueAt: '2026-11-10T16:59:59.000Z',
      });
    }
    expect(JSON.stringify(unknown).length).toBe(JSON.stringify(known).length);
    const [row] = await register.database.sql`select r.status, a.officer_id, a.client_id, a.justification
      from access_reviews r join emergency_accesses a using (citizen_id, access_id) where citizen_id = ${idOf('stranger')}`;
    expect(row).toEqual({
      status: 'OPEN',
      officer_id: 'officer:doctor',
      client_id: 'hospital',
      justification,
    });
  });

  test('who asks again while it is open has the same access, with the same statements about nobody', async () => {
    const first = await beginFor(numberOf('pensioner'), { hours: 2 });
    expect((await beginFor(numberOf('pensioner'), { hours: 2 })).data).toEqual(first.data);
    const shapes = new Set<string>();
    for (const personalId of [numberOf('late-employer'), numberOf('deceased'), '099999999997']) {
      register.statements.length = 0;
      await beginFor(personalId);
      shapes.add(register.statements.join('; '));
    }
    expect(shapes.size).toBe(1);
  });

  test('ends their own, once and for all; another’s looks like none', async () => {
    const { data } = await beginFor(numberOf('zero-point-licence'));
    const { accessId } = data.beginEmergencyAccess;
    const foreign = await end(accessId, colleague);
    expect(foreign.errors).toEqual((await end(unknownId)).errors);
    expect(foreign.errors?.[0]?.message).toContain('"accessId"');
    const ended = await end(accessId);
    expect(ended.data.endEmergencyAccess).toEqual({ accessId, endedAt: now.toISOString() });
    const before = now;
    now = new Date('2026-11-06T06:00:00Z');
    expect((await end(accessId)).data).toEqual(ended.data);
    const again = await beginFor(numberOf('zero-point-licence'));
    expect(again.data.beginEmergencyAccess.accessId).not.toBe(accessId);
    now = before;
  });

  test.each<[string, object, string]>([
    ['a compartment', { scopes: ['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV'] }, 'scopes'],
    ['a category that saves nobody', { scopes: ['RESIDENCE'] }, 'scopes'],
    ['nothing', { scopes: [] }, 'scopes'],
    ['no reason', { justification: '  urgent             ' }, 'justification'],
    ['a novel', { justification: 'x'.repeat(2001) }, 'justification'],
    ['25 hours', { hours: 25 }, 'hours'],
    ['no hour', { hours: 0 }, 'hours'],
  ])('is refused %s', async (_, more, argument) => {
    const { data, errors } = await beginFor(numberOf('stranger'), more);
    expect(errors?.[0]?.message).toContain(`"${argument}"`);
    expect(data).toEqual({ beginEmergencyAccess: null });
  });

  test.each([
    ['an officer who is no clinician', hospital, 'ROLE_MISSING'],
    ['a citizen', as('stranger'), 'ROLE_MISSING'],
    ['a clinician in a first-party client', { ...doctor, clientId: 'vneid', purpose: null }, 'ROLE_MISSING'],
    ['a clinician without a purpose', { ...doctor, purpose: null }, 'PURPOSE_MISMATCH'],
    ['an auditor', auditor, 'STATISTICS_ONLY'],
  ])('%s is refused', async (_, who, reason) => {
    const { errors } = await beginFor(numberOf('stranger'), {}, who);
    expect(errors?.[0]?.extensions.reason).toBe(reason);
  });
});

describe('an auditor', () => {
  const grants = `query ($after: String) { registerGrants(first: 2, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { subject client purpose scopes givenBy hasChildConsent isOneTime noticeVersion givenOn endsOn withdrawnOn status } } }`;
  const reviews = `{ registerReviews(first: 100) { nodes { subject client officer scopes beganOn hours dueOn status } } }`;
  const people = ['stranger', 'pensioner', 'late-employer', 'old-b2-licence'];
  const consented = ['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV', 'HEALTH_RECORDS.MENTAL'];

  beforeAll(async () => {
    for (const name of people) {
      const requestId = await register.askFor(hospital, name, consented);
      await register.give(as(name), { requestId, scopes: consented, noticeVersion: 2 });
    }
    const requestId = await register.askFor(bank, 'stranger', ['ID_CARDS']);
    await register.give(as('stranger'), { requestId, scopes: ['ID_CARDS'] });
  });

  async function walk(who: typeof auditor) {
    const nodes: { subject: string; scopes: string[] }[] = [];
    for (let after: string | null = null, page = 0; page < 5; page += 1) {
      const { data } = await register.query(grants, { after }, who);
      nodes.push(...data.registerGrants.nodes);
      if (!data.registerGrants.pageInfo.hasNextPage) break;
      after = data.registerGrants.pageInfo.endCursor;
    }
    return nodes;
  }

  test('counts consents and people, page by page', async () => {
    const nodes = await walk(auditor);
    expect(nodes).toHaveLength(5);
    expect(new Set(nodes.map(({ subject }) => subject)).size).toBe(4);
    expect(nodes).toContainEqual({
      subject: expect.any(String),
      client: 'hospital',
      purpose: 'treatment',
      scopes: ['HEALTH_RECORDS', 'HEALTH_RECORDS.***'],
      givenBy: 'SELF',
      hasChildConsent: false,
      isOneTime: false,
      noticeVersion: 2,
      givenOn: '2026-11-06',
      endsOn: '2027-11-06',
      withdrawnOn: null,
      status: 'ACTIVE',
    });
  });

  test('sees nobody: no id, number, name, compartment or justification, cursors included', async () => {
    const all = `{ registerGrants(first: 100) { edges { cursor node { subject } } pageInfo { startCursor endCursor } }
      registerReviews(first: 100) { edges { cursor node { subject officer scopes } } pageInfo { startCursor endCursor } } }`;
    const answers = [await register.query(all, {}, auditor), await walk(auditor)];
    const text = JSON.stringify(answers);
    const cursors = [...text.matchAll(/"[cC]ursor":"([^"]+)"/g)].map(([, cursor = '']) =>
      Buffer.from(cursor, 'base64url').toString('latin1'),
    );
    const ids = await register.database.sql<{ id: string }>`
      select citizen_id::text as id from grants union select grant_id::text from grants
      union select citizen_id::text from access_reviews union select review_id::text from access_reviews
      union select access_id::text from access_reviews union select officer_id from emergency_accesses`;
    const secrets = [...ids.map(({ id }) => id), ...people.map(numberOf), justification];
    const shown = [text, ...cursors].join(' ');
    expect(cursors.length).toBeGreaterThan(5);
    for (const secret of secrets) expect(shown).not.toContain(secret);
    // As a word: among the random letters of pseudonyms and cursors three in a row mean nothing.
    const compartment = /(?<![\w-])(HIV|MENTAL)(?![\w-])/;
    expect('"HEALTH_RECORDS.HIV"').toMatch(compartment);
    expect(shown).not.toMatch(compartment);
  });

  test('has other names for people than another auditor, or on another day', async () => {
    const names = async (who: typeof auditor) => new Set((await walk(who)).map(({ subject }) => subject));
    const own = await names(auditor);
    expect(await names(auditor)).toEqual(own);
    const others = await names({ ...auditor, sub: 'auditor:2' });
    const before = now;
    now = new Date('2026-11-07T05:00:00Z');
    const tomorrow = await names(auditor);
    now = before;
    for (const name of own) expect([...others, ...tomorrow]).not.toContain(name);
  });

  test('sees which reviews are owed', async () => {
    const { data } = await register.query(reviews, {}, auditor);
    expect(data.registerReviews.nodes).toContainEqual({
      subject: expect.any(String),
      client: 'hospital',
      officer: expect.any(String),
      scopes,
      beganOn: '2026-11-06',
      hours: 2,
      dueOn: '2026-11-10',
      status: 'OPEN',
    });
  });

  test.each([
    [
      'a cursor of nobody’s',
      auditor,
      `{ registerGrants(after: "x") { nodes { subject } } }`,
      'BAD_USER_INPUT',
    ],
    ['a citizen', as('stranger'), '{ registerGrants { nodes { subject } } }', 'FORBIDDEN'],
    ['a clinician', doctor, '{ registerReviews { nodes { subject } } }', 'FORBIDDEN'],
    ['an auditor who wants a person', auditor, '{ me { id } }', 'FORBIDDEN'],
    ['an auditor who wants grants', auditor, '{ myGrants { nodes { grantId } } }', 'FORBIDDEN'],
  ])('%s is refused', async (_, who, text, code) => {
    const { data, errors } = await register.query(text, {}, who);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(Object.values(data)).toEqual([null]);
  });
});

test('a request that nobody answered in time has lapsed, and the same question is a new one', async () => {
  const before = now;
  const requestId = await register.askFor(bank, 'merged-province', ['RESIDENCE']);
  now = new Date(before.getTime() + 30 * 86_400_000 - 1);
  const who = as('merged-province');
  const open = await register.query('{ myConsentRequests { nodes { requestId } } }', {}, who);
  expect(open.data.myConsentRequests.nodes).toEqual([{ requestId }]);
  expect((await register.state(bank, requestId)).data.consentRequest.status).toBe('PENDING');
  now = new Date(before.getTime() + 30 * 86_400_000);
  expect((await register.state(bank, requestId)).data.consentRequest.status).toBe('EXPIRED');
  const late = await register.give(who, { requestId, scopes: ['RESIDENCE'] });
  expect(late.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect(await register.askFor(bank, 'merged-province', ['RESIDENCE'])).not.toBe(requestId);
  expect((await register.state(bank, requestId)).data.consentRequest.status).toBe('EXPIRED');
  now = before;
});
