import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testNow } from '../support/agency-under-test.ts';
import { appCaller, citizenCaller } from '../support/callers.ts';
import { startGraphUnderTest, ways } from '../support/graph-under-test.ts';
import { personaNamed } from '../support/personas.ts';

const an = personaNamed('nguyen-van-an');
const asAn = citizenCaller(an.citizenId);
const bank = appCaller('bank-loans', 'loan-assessment');
const read = `query ($personalId: PersonalId!) {
  citizen(personalId: $personalId) { fullName residence { household { memberCount } } idCards { status } } }`;

describe.each(ways)('%s, from the first question to the withdrawal', (way) => {
  let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
  const clock = { ms: 0 };
  beforeAll(async () => {
    const now = () => new Date(testNow.getTime() + clock.ms);
    graph = await startGraphUnderTest({ way, own: ['consent'], now, clockMs: () => clock.ms });
  });
  afterAll(() => graph.close());

  const asBank = async () => {
    clock.ms += 1000;
    return graph.query(read, { personalId: an.personalId }, bank);
  };

  test('nothing before, what was consented to while it holds, nothing after', async () => {
    expect((await asBank()).errors?.map(({ extensions }) => extensions.reason)).toEqual(['NO_CONSENT']);

    const asked = await graph.query(
      `mutation ($personalId: PersonalId!) {
        requestConsent(personalId: $personalId, scopes: ["PERSONAL_INFORMATION", "RESIDENCE"]) { requestId status } }`,
      { personalId: an.personalId },
      bank,
    );
    const { requestId, status } = asked.data.requestConsent;
    expect(status).toBe('PENDING');
    expect((await asBank()).data.citizen).toBeNull();

    const seen = await graph.query(
      '{ myConsentRequests { nodes { requestId client { name } scopes { code isSensitive } notice { version text { vi } } } } }',
      {},
      asAn,
    );
    const [request] = seen.data.myConsentRequests.nodes;
    expect(request).toMatchObject({
      requestId,
      scopes: [{ code: 'PERSONAL_INFORMATION' }, { code: 'RESIDENCE' }],
    });

    const given = await graph.query(
      `mutation ($requestId: ID!, $version: Int!) {
        giveConsent(requestId: $requestId, scopes: ["PERSONAL_INFORMATION"], noticeVersion: $version, language: "vi") {
          grantId status scopes } }`,
      { requestId, version: request.notice.version },
      asAn,
    );
    expect(given.data.giveConsent).toMatchObject({ status: 'GIVEN', scopes: ['PERSONAL_INFORMATION'] });

    const consented = await asBank();
    expect(consented.data.citizen).toEqual({ fullName: 'Nguyễn Văn An', residence: null, idCards: null });
    const refused = consented.errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
    expect(refused?.sort()).toEqual([
      ['citizen.idCards', 'CONSENT_REQUIRED'],
      ['citizen.residence', 'CONSENT_REQUIRED'],
    ]);

    const withdrawn = await graph.query(
      'mutation ($grantId: ID!) { withdrawConsent(grantId: $grantId) { status } }',
      { grantId: given.data.giveConsent.grantId },
      citizenCaller(an.citizenId, 1),
    );
    expect(withdrawn.data.withdrawConsent.status).toBe('WITHDRAWN');
    const after = await asBank();
    expect(after.data.citizen).toBeNull();
    expect(after.errors?.map(({ extensions }) => extensions.reason)).toEqual(['CONSENT_WITHDRAWN']);
  });

  test('a one-time consent serves one operation, whatever it asks of whichever agency', async () => {
    const asked = await graph.query(
      `mutation ($personalId: PersonalId!) {
        requestConsent(personalId: $personalId, scopes: ["PERSONAL_INFORMATION", "RESIDENCE"], oneTime: true) { requestId } }`,
      { personalId: an.personalId },
      bank,
    );
    const given = await graph.query(
      `mutation ($requestId: ID!) {
        giveConsent(requestId: $requestId, scopes: ["PERSONAL_INFORMATION", "RESIDENCE"], noticeVersion: 1, language: "en") { status } }`,
      { requestId: asked.data.requestConsent.requestId },
      asAn,
    );
    expect(given.data.giveConsent.status).toBe('GIVEN');
    clock.ms += 1000;
    const once = await asBank();
    expect(once.data.citizen).toMatchObject({ fullName: 'Nguyễn Văn An', residence: { household: {} } });
    const again = await asBank();
    expect(again.data.citizen).toBeNull();
    expect(again.errors?.[0]?.extensions.reason).toBe('CONSENT_EXPIRED');
  });

  test('a clinician opens what an emergency needs, until it ends', async () => {
    const stranger = personaNamed('stranger');
    const doctor = appCaller('hospital', 'treatment', { sub: 'officer:doctor', roles: ['clinician'] });
    const other = appCaller('hospital', 'treatment', { sub: 'officer:other', roles: ['clinician'] });
    const ask = `query ($personalId: PersonalId!) {
      citizen(personalId: $personalId) { fullName healthRecords(first: 1) { nodes { admittedOn } } residence { household { memberCount } } } }`;
    const open = await graph.query(
      `mutation ($personalId: PersonalId!) {
        beginEmergencyAccess(personalId: $personalId, scopes: ["PERSONAL_INFORMATION", "HEALTH_RECORDS"],
          justification: "Unconscious after a traffic accident, allergies unknown") { accessId } }`,
      { personalId: stranger.personalId },
      doctor,
    );
    expect(open.errors).toBeUndefined();
    clock.ms += 1000;
    const seen = await graph.query(ask, { personalId: stranger.personalId }, doctor);
    expect(seen.data.citizen).toMatchObject({ fullName: expect.any(String), residence: null });
    expect(seen.data.citizen.healthRecords.nodes).toHaveLength(1);
    const colleague = await graph.query(ask, { personalId: stranger.personalId }, other);
    expect(colleague.data.citizen).toBeNull();
    const { accessId } = open.data.beginEmergencyAccess;
    await graph.query(
      'mutation ($id: ID!) { endEmergencyAccess(accessId: $id) { endedAt } }',
      { id: accessId },
      doctor,
    );
    clock.ms += 1000;
    expect((await graph.query(ask, { personalId: stranger.personalId }, doctor)).data.citizen).toBeNull();
  });
});
