import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appCaller } from '../../support/callers.ts';
import { as, bank, hospital, idOf, numberOf, openRegister, type Register } from './people.ts';

let register: Register;
beforeAll(async () => {
  const accounts = [
    'child-13-364-days',
    'child-14-today',
    'child-6',
    'ward-adult',
    'orphan',
    'child-of-separated',
  ];
  register = await openRegister({ accounts });
});
afterAll(() => register.close());

const school = appCaller('school', 'school-enrolment');
const scopes = ['PERSONAL_INFORMATION', 'RESIDENCE'];
type Answer = Awaited<ReturnType<Register['ask']>>;
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code;
const grantOf = async (name: string, grantId: string) => {
  const [row] = await register.database
    .sql`select given_by, given_as, child_consented_at, reader_id, scopes, status, withdrawn_by from grants
      where citizen_id = ${idOf(name)} and grant_id = ${grantId}`;
  return row;
};
const idsIn = async (who: string, field: 'myGrants' | 'myConsentRequests') => {
  const { data } = await register.query(`{ ${field}(first: 100) { nodes { subject { id } } } }`, {}, as(who));
  return new Set(data[field].nodes.map((node: { subject: { id: string } }) => node.subject.id));
};

describe('a child of 7 to 13', () => {
  const child = 'child-13-364-days';
  test.each([
    ['nguyen-van-an', child, 'SELF'],
    [child, 'nguyen-van-an', 'GUARDIAN'],
  ])('%s first, then %s: the second makes the grant of what both accepted', async (one, other, missing) => {
    const asked = [...scopes, 'DEPENDANTS'];
    const requestId = await register.askFor(school, child, asked, { oneTime: one === child });
    const first = await register.give(as(one), { requestId, scopes: asked });
    expect(first.data.giveConsent).toMatchObject({ status: 'PENDING', awaiting: [missing], grantId: null });
    expect((await register.state(school, requestId)).data.consentRequest.status).toBe('PENDING');
    expect((await register.give(as(one), { requestId, scopes: asked })).data).toEqual(first.data);
    const second = await register.give(as(other), { requestId, scopes });
    expect(second.data.giveConsent).toMatchObject({ status: 'GIVEN', awaiting: [], scopes });
    expect(await grantOf(child, second.data.giveConsent.grantId)).toMatchObject({
      given_by: idOf('nguyen-van-an'),
      given_as: 'GUARDIAN',
      child_consented_at: '2026-11-01 05:00:00+00',
      scopes,
    });
    expect((await register.give(as(one), { requestId, scopes: asked })).data).toEqual(second.data);
  });

  test('two who agree on nothing make nothing, and may still agree', async () => {
    const requestId = await register.askFor(school, child, scopes, { validDays: 3 });
    await register.give(as(child), { requestId, scopes: ['RESIDENCE'] });
    const none = await register.give(as('tran-thi-binh'), { requestId, scopes: ['PERSONAL_INFORMATION'] });
    expect(none.errors?.[0]?.message).toContain('"scopes"');
    const agreed = await register.give(as('tran-thi-binh'), { requestId, scopes });
    expect(agreed.data.giveConsent).toMatchObject({ status: 'GIVEN', scopes: ['RESIDENCE'] });
  });

  test('either may refuse; what the other had consented to is void', async () => {
    const requestId = await register.askFor(school, child, scopes, { validDays: 4 });
    await register.give(as('nguyen-van-an'), { requestId, scopes });
    expect((await register.refuse(as(child, 1), requestId)).data.refuseConsent.status).toBe('REFUSED');
    expect(codeOf(await register.give(as('tran-thi-binh'), { requestId, scopes }))).toBe('BAD_USER_INPUT');
  });

  test('a consent to an older wording does not count beside one to the current', async () => {
    const requestId = await register.askFor(school, child, scopes, { validDays: 5 });
    await register.give(as('nguyen-van-an'), { requestId, scopes });
    await register.database
      .sql`insert into purpose_notices values ('school', 'school-enrolment', 2, 'New.', 'Mới.', '2026-10-31')`;
    const second = await register.give(as(child), { requestId, scopes, noticeVersion: 2 });
    expect(second.data.giveConsent).toMatchObject({ status: 'PENDING', awaiting: ['GUARDIAN'] });
    const third = await register.give(as('nguyen-van-an'), { requestId, scopes, noticeVersion: 2 });
    expect(third.data.giveConsent.status).toBe('GIVEN');
    await register.database.sql`delete from purpose_notices where client_id = 'school' and version = 2`;
  });

  test('the other parent, the child and the giver withdraw; a parent of another child does not', async () => {
    for (const who of [child, 'tran-thi-binh', 'nguyen-van-an']) {
      const requestId = await register.askFor(school, child, ['DEPENDANTS']);
      await register.give(as('nguyen-van-an'), { requestId, scopes: ['DEPENDANTS'] });
      const { data } = await register.give(as(child), { requestId, scopes: ['DEPENDANTS'] });
      const { grantId } = data.giveConsent;
      expect(codeOf(await register.withdraw(as('separated-father', 1), grantId))).toBe('BAD_USER_INPUT');
      const withdrawn = await register.withdraw(as(who, 1), grantId);
      expect(withdrawn.data.withdrawConsent).toMatchObject({
        status: 'WITHDRAWN',
        withdrawnBy: who === child ? 'SELF' : 'GUARDIAN',
      });
      expect(await grantOf(child, grantId)).toMatchObject({ withdrawn_by: idOf(who) });
    }
  });
});

describe('others who are represented', () => {
  test('a child below 7: the representative alone', async () => {
    const requestId = await register.askFor(school, 'child-6', scopes);
    const child = await register.give(as('child-6'), { requestId, scopes });
    expect(codeOf(child)).toBe('BAD_USER_INPUT');
    const { data } = await register.give(as('tran-thi-binh'), { requestId, scopes });
    expect(await grantOf('child-6', data.giveConsent.grantId)).toMatchObject({
      given_as: 'GUARDIAN',
      child_consented_at: null,
    });
  });

  test('an adult ward: the guardian, not the ward', async () => {
    const requestId = await register.askFor(bank, 'ward-adult', scopes);
    expect(codeOf(await register.give(as('ward-adult'), { requestId, scopes }))).toBe('BAD_USER_INPUT');
    const { data } = await register.give(as('court-guardian'), { requestId, scopes });
    expect(await grantOf('ward-adult', data.giveConsent.grantId)).toMatchObject({
      given_by: idOf('court-guardian'),
      given_as: 'GUARDIAN',
    });
  });

  test('whose representative lost the right: the former one neither sees nor answers nor withdraws', async () => {
    const requestId = await register.askFor(school, 'child-of-separated', scopes);
    expect(await idsIn('separated-mother', 'myConsentRequests')).toContain(idOf('child-of-separated'));
    expect(await idsIn('separated-father', 'myConsentRequests')).not.toContain(idOf('child-of-separated'));
    expect(codeOf(await register.give(as('separated-father'), { requestId, scopes }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await register.refuse(as('separated-father'), requestId))).toBe('BAD_USER_INPUT');
    await register.give(as('separated-mother'), { requestId, scopes });
    const { data } = await register.give(as('child-of-separated'), { requestId, scopes });
    expect(data.giveConsent.status).toBe('GIVEN');
    expect(await idsIn('separated-father', 'myGrants')).not.toContain(idOf('child-of-separated'));
    const late = await register.withdraw(as('separated-father'), data.giveConsent.grantId);
    expect(codeOf(late)).toBe('BAD_USER_INPUT');
  });

  test('a consent ends with the right of who gave it', async () => {
    const requestId = await register.askFor(school, 'newborn', scopes);
    const mother = as('mother-of-teenager');
    const { data } = await register.give(mother, { requestId, scopes });
    const statusFor = async () => {
      const list = await register.query('{ myGrants(first: 100) { nodes { grantId status } } }', {}, mother);
      const nodes: { grantId: string; status: string }[] = list.data.myGrants.nodes;
      return nodes.find(({ grantId }) => grantId === data.giveConsent.grantId)?.status;
    };
    expect(await statusFor()).toBe('ACTIVE');
    // The giver is another person from now on, one who does not represent the child.
    await register.database
      .sql`update grants set given_by = ${idOf('stranger')} where grant_id = ${data.giveConsent.grantId}`;
    expect(await statusFor()).toBe('EXPIRED');
    expect(
      (await register.withdraw(as('stranger'), data.giveConsent.grantId)).data.withdrawConsent,
    ).toMatchObject({ status: 'WITHDRAWN', withdrawnBy: 'GUARDIAN' });
  });

  test('a register that does not hear of representations gives no right by them', async () => {
    const cut = async () => Promise.reject(new Error('The line is cut.'));
    const deaf = await openRegister({ feeds: { population: async () => [], dependants: cut } });
    const guardian = as('grandmother-guardian');
    const requestId = await deaf.askFor(school, 'orphan', scopes);
    const list = await deaf.query('{ me { id } myConsentRequests { nodes { requestId } } }', {}, guardian);
    const given = await deaf.give(guardian, { requestId, scopes });
    await deaf.close();
    expect(list.errors).toBeUndefined();
    expect(list.data.myConsentRequests.nodes).toEqual([]);
    expect(codeOf(given)).toBe('BAD_USER_INPUT');
  });
});

describe('a parent asks a child of 14 to 17 to read compartments', () => {
  const wanted = ['HEALTH_RECORDS', 'HEALTH_RECORDS.MENTAL'];
  const mother = as('mother-of-teenager');

  test('the child alone decides; the grant names the parent', async () => {
    const requestId = await register.askFor(mother, 'teenager-16', wanted);
    expect(codeOf(await register.give(mother, { requestId, scopes: wanted }))).toBe('BAD_USER_INPUT');
    const { data } = await register.give(as('teenager-16'), { requestId, scopes: wanted });
    expect(data.giveConsent.status).toBe('GIVEN');
    expect(await grantOf('teenager-16', data.giveConsent.grantId)).toMatchObject({
      given_by: idOf('teenager-16'),
      given_as: 'SELF',
      reader_id: idOf('mother-of-teenager'),
    });
    expect((await register.state(mother, requestId)).data.consentRequest.status).toBe('GIVEN');
    const other = await register.state(as('nguyen-van-an'), requestId);
    expect(other.data.consentRequest.status).toBe('PENDING');
  });

  test('14 today is old enough', async () => {
    expect(await register.askFor(mother, 'child-14-today', wanted)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('everybody else answers alike: too young, adult, somebody else’s, nobody', async () => {
    const numbers = [
      numberOf('newborn'),
      numberOf('child-13-364-days'),
      numberOf('stranger'),
      '099999999998',
    ];
    const answers = await Promise.all(
      numbers.map((personalId) => register.ask(mother, { personalId, scopes: wanted })),
    );
    for (const { errors } of answers) expect(errors).toEqual(answers[0]?.errors);
    expect(answers[0]?.errors?.[0]?.message).toContain('"personalId"');
  });
});

test('a hospital’s request about a child shows the child and the parents what is awaited', async () => {
  const requestId = await register.askFor(hospital, 'teenager-16', ['HEALTH_RECORDS']);
  await register.give(as('mother-of-teenager'), { requestId, scopes: ['HEALTH_RECORDS'], noticeVersion: 2 });
  for (const who of ['teenager-16', 'mother-of-teenager']) {
    const { data } = await register.query(
      '{ myConsentRequests { nodes { requestId awaiting } } }',
      {},
      as(who, 1),
    );
    expect(data.myConsentRequests.nodes).toContainEqual({ requestId, awaiting: ['SELF'] });
  }
});
