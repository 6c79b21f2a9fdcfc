import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appCaller, anonymous } from '../../support/callers.ts';
import {
  as,
  bank,
  hospital,
  idOf,
  numberOf,
  openRegister,
  persona,
  unknownId,
  unknownNumber,
  type Register,
} from './people.ts';

let register: Register;
beforeAll(async () => {
  register = await openRegister({ accounts: ['child-13-364-days', 'child-14-today', 'ward-adult'] });
});
afterAll(() => register.close());

const an = 'nguyen-van-an';
const loan = ['PERSONAL_INFORMATION', 'RESIDENCE'];
type Answer = Awaited<ReturnType<Register['ask']>>;
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code;
const reasonOf = ({ errors }: Answer) => errors?.[0]?.extensions.reason;

describe('an app asks', () => {
  test('and is told the same whether or not anybody has the number', async () => {
    const known = await register.ask(bank, { personalId: numberOf('stranger'), scopes: loan });
    const unknown = await register.ask(bank, { personalId: unknownNumber, scopes: loan });
    for (const { data, errors } of [known, unknown]) {
      expect(errors).toBeUndefined();
      expect(data.requestConsent).toMatchObject({ status: 'PENDING', expiresAt: '2026-12-01T05:00:00.000Z' });
    }
    expect(JSON.stringify(unknown).length).toBe(JSON.stringify(known).length);
  });

  test('with the same statements about everybody, the first time and again', async () => {
    const people = ['stranger', 'no-account', 'locked-account', 'deceased', 'child-6'].map(numberOf);
    const shapes = new Set<string>();
    for (const personalId of [...people, unknownNumber])
      for (const time of ['first', 'again']) {
        register.statements.length = 0;
        await register.ask(bank, { personalId, scopes: ['ID_CARDS'] });
        shapes.add(`${time}: ${register.statements.join('; ')}`);
      }
    expect(shapes.size).toBe(2);
  });

  test('the same question again is the same request, also about nobody', async () => {
    for (const personalId of [numberOf(an), unknownNumber]) {
      const scopes = ['SOCIAL_INSURANCE', 'RESIDENCE'];
      const first = await register.ask(bank, { personalId, scopes });
      const again = await register.ask(bank, { personalId, scopes: [...scopes].reverse() });
      expect(again.data.requestConsent).toEqual(first.data.requestConsent);
      const other = await register.ask(bank, { personalId, scopes, oneTime: true });
      expect(other.data.requestConsent.requestId).not.toBe(first.data.requestConsent.requestId);
    }
  });

  test('twenty at once are one request', async () => {
    const question = { personalId: numberOf('pensioner'), scopes: ['SOCIAL_INSURANCE'] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => register.ask(bank, question)));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(new Set(answers.map(({ data }) => data.requestConsent.requestId)).size).toBe(1);
  });

  test.each<[string, object, string]>([
    ['no scope', { scopes: [] }, 'scopes'],
    ['a wildcard', { scopes: ['*'] }, 'scopes'],
    ['beyond the purpose', { scopes: ['VEHICLES'] }, 'scopes'],
    ['longer than the purpose allows', { scopes: loan, validDays: 91 }, 'validDays'],
  ])('%s is refused', async (_, more, argument) => {
    const answer = await register.ask(bank, { personalId: numberOf(an), ...more });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.message).toContain(`"${argument}"`);
    expect(answer.data).toEqual({ requestConsent: null });
  });

  test.each([
    ['nobody signed in', anonymous, 'NOT_SIGNED_IN'],
    ['an unregistered client', appCaller('unknown', 'x'), 'CLIENT_UNKNOWN'],
    ['a purpose of another client', appCaller('bank-loans', 'treatment'), 'PURPOSE_MISMATCH'],
    ['an app with the citizens’ purpose', appCaller('bank-loans', 'guardian-care'), 'PURPOSE_MISMATCH'],
    ['an analyst', { ...bank, roles: ['analyst' as const] }, 'STATISTICS_ONLY'],
  ])('%s is refused', async (_, caller, reason) => {
    const answer = await register.ask(caller, { personalId: numberOf(an), scopes: loan });
    expect(reasonOf(answer)).toBe(reason);
  });

  test.each([
    ['an app with the families’ purpose', 'bank-loans', 'loan-assessment', 'bank-loans', 'guardian-care'],
    ['a first-party client with an app’s purpose', 'bank-loans', 'loan-assessment', 'vneid', 'survey'],
  ])('%s is refused, even if somebody registered it', async (_, client, purpose, toClient, toPurpose) => {
    await register.database.sql`insert into purposes
      select ${toClient}, ${toPurpose}, title_en, title_vi, controller, legal_basis, legal_reference, scopes,
        retention_days, max_days, status from purposes where client_id = ${client} and code = ${purpose}`;
    await register.database
      .sql`insert into purpose_notices values (${toClient}, ${toPurpose}, 1, 'x', 'x', '2026-01-01')`;
    const caller = { ...appCaller(toClient, toPurpose), sub: idOf(an), roles: [] };
    const answer = await register.ask(caller, { personalId: numberOf('child-14-today'), scopes: loan });
    await register.database.sql`delete from purposes where client_id = ${toClient} and code = ${toPurpose}`;
    expect(reasonOf(answer)).toBe('PURPOSE_MISMATCH');
  });

  test('a purpose that rests on a statute has nothing to ask for', async () => {
    const police = appCaller('traffic-police', 'traffic-check', {
      legalReference: 'Law 36/2024/QH15 Art. 65',
      caseNumber: 'GT-1',
    });
    expect(codeOf(await register.ask(police, { personalId: numberOf(an), scopes: ['VEHICLES'] }))).toBe(
      'BAD_USER_INPUT',
    );
  });

  test('and learns how its own requests stand; those of others look pending, like none', async () => {
    const requestId = await register.askFor(bank, 'late-employer', loan);
    await register.refuse(as('late-employer'), requestId);
    const pending = { status: 'PENDING', grantedScopes: null };
    expect((await register.state(bank, requestId)).data.consentRequest.status).toBe('REFUSED');
    for (const id of [requestId, unknownId, 'x', '']) {
      const { data, errors } = await register.state(hospital, id);
      expect(errors).toBeUndefined();
      expect(data.consentRequest).toEqual({ requestId: id, ...pending });
    }
  });
});

describe('a citizen', () => {
  const page = `{ myConsentRequests { nodes { requestId subject { id } client { name } status awaiting isForRepresentative
    purpose { code title { en vi } controller legalBasis retentionDays } scopes { code title { vi } isSensitive }
    notice { version text { en vi } publishedOn } rights { en vi } validDays isOneTime expiresAt } } }`;

  test('sees who asks for what and why, before deciding', async () => {
    const who = 'merged-province';
    const requestId = await register.askFor(hospital, who, ['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV'], {
      validDays: 10,
    });
    const { data, errors } = await register.query(page, {}, as(who, 1));
    expect(errors).toBeUndefined();
    const [request] = data.myConsentRequests.nodes;
    expect(data.myConsentRequests.nodes).toHaveLength(1);
    expect(request).toMatchObject({
      requestId,
      subject: { id: idOf(who) },
      status: 'PENDING',
      awaiting: ['SELF'],
      isForRepresentative: false,
      validDays: 10,
      purpose: { code: 'treatment', legalBasis: 'CONSENT', retentionDays: 3650 },
      notice: { version: 2, publishedOn: '2026-07-01' },
    });
    expect(request.scopes).toEqual([
      { code: 'HEALTH_RECORDS', title: { vi: 'Sổ sức khỏe điện tử' }, isSensitive: true },
      { code: 'HEALTH_RECORDS.HIV', title: { vi: 'Sổ sức khỏe điện tử: HIV' }, isSensitive: true },
    ]);
    expect(request.notice.text.vi).toContain('nhạy cảm');
    expect(request.rights.vi).toContain('rút lại');
  });

  test('gives some of it, sees it, withdraws it; nothing is deleted', async () => {
    const [who, caller] = ['ambiguous-ward', as('ambiguous-ward')];
    const requestId = await register.askFor(hospital, who, [
      'PERSONAL_INFORMATION',
      'HEALTH_RECORDS',
      'HEALTH_RECORDS.HIV',
    ]);
    const scopes = ['HEALTH_RECORDS', 'PERSONAL_INFORMATION'];
    const { data } = await register.give(caller, { requestId, scopes, noticeVersion: 2 });
    const { grantId, evidenceHash } = data.giveConsent;
    expect(data.giveConsent).toMatchObject({ status: 'GIVEN', awaiting: [], scopes });
    expect(data.giveConsent.validTo).toBe('2027-11-01T05:00:00.000Z');
    expect((await register.state(hospital, requestId)).data.consentRequest).toEqual({
      requestId,
      status: 'GIVEN',
      grantedScopes: scopes,
    });
    const list = `{ myGrants { nodes { grantId subject { id } client { clientId } purpose { code } scopes { code }
      hiddenCompartments { code } validFrom validTo isOneTime usedAt isForRepresentative method evidenceHash
      notice { version text { vi } } noticeLanguage givenBy givenAt childConsentedAt status withdrawnAt withdrawnBy } } }`;
    const [grant] = (await register.query(list, {}, caller)).data.myGrants.nodes;
    expect(grant).toMatchObject({
      grantId,
      subject: { id: idOf(who) },
      client: { clientId: 'hospital' },
      purpose: { code: 'treatment' },
      scopes: scopes.map((code) => ({ code })),
      isOneTime: false,
      method: 'APP',
      evidenceHash,
      notice: { version: 2 },
      noticeLanguage: 'vi',
      givenBy: 'SELF',
      givenAt: '2026-11-01T05:00:00.000Z',
      childConsentedAt: null,
      status: 'ACTIVE',
      withdrawnAt: null,
    });
    expect(grant.hiddenCompartments.map(({ code }: { code: string }) => code)).toEqual([
      'HEALTH_RECORDS.HIV',
      'HEALTH_RECORDS.MENTAL',
      'HEALTH_RECORDS.REPRODUCTIVE',
      'HEALTH_RECORDS.SUBSTANCE',
      'HEALTH_RECORDS.GENETIC',
    ]);
    const first = await register.withdraw(as(who, 1), grantId);
    expect(first.data.withdrawConsent).toMatchObject({ grantId, status: 'WITHDRAWN', withdrawnBy: 'SELF' });
    expect(await register.withdraw(as(who, 1), grantId)).toMatchObject({ data: first.data });
    const [after] = (await register.query(list, {}, caller)).data.myGrants.nodes;
    expect(after).toMatchObject({ grantId, status: 'WITHDRAWN', evidenceHash });
  });

  test('repeats a consent and is told the same; accepting less later is not told that more was given', async () => {
    const who = as('unmapped-ward');
    const requestId = await register.askFor(bank, 'unmapped-ward', loan);
    const first = await register.give(who, { requestId, scopes: loan });
    expect((await register.give(who, { requestId, scopes: loan })).data).toEqual(first.data);
    expect(codeOf(await register.give(who, { requestId, scopes: ['RESIDENCE'] }))).toBe('BAD_USER_INPUT');
  });

  test.each<[string, object, string]>([
    ['the wording is not the current one', { noticeVersion: 1 }, 'noticeVersion'],
    ['the wording is none', { noticeVersion: 3 }, 'noticeVersion'],
    ['nothing is accepted', { scopes: [] }, 'scopes'],
    ['more is accepted than asked', { scopes: ['HEALTH_RECORDS', 'HEALTH_INSURANCE'] }, 'scopes'],
    ['a compartment is accepted without the record', { scopes: ['HEALTH_RECORDS.HIV'] }, 'scopes'],
    ['the language is none', { language: 'fr' }, 'language'],
  ])('is refused when %s', async (_, more, argument) => {
    const requestId = await register.askFor(hospital, 'zero-point-licence', [
      'HEALTH_RECORDS',
      'HEALTH_RECORDS.HIV',
    ]);
    const giving = { requestId, scopes: ['HEALTH_RECORDS'], noticeVersion: 2, ...more };
    const answer = await register.give(as('zero-point-licence'), giving);
    expect(answer.errors?.[0]?.message).toContain(`"${argument}"`);
    expect((await register.state(hospital, requestId)).data.consentRequest.status).toBe('PENDING');
  });

  test('cannot answer or end what is not theirs; it looks as if it were not there', async () => {
    const requestId = await register.askFor(bank, 'old-b2-licence', loan);
    const strange = await register.give(as('stranger'), { requestId, scopes: loan });
    const none = await register.give(as('stranger'), { requestId: unknownId, scopes: loan });
    const odd = await register.give(as('stranger'), { requestId: "'", scopes: loan });
    expect(strange.errors).toEqual(none.errors);
    expect(odd.errors).toEqual(none.errors);
    expect((await register.refuse(as('stranger'), requestId)).errors?.[0]?.message).toBe(
      none.errors?.[0]?.message,
    );
    const { data } = await register.give(as('old-b2-licence'), { requestId, scopes: loan });
    const theirs = await register.withdraw(as('stranger'), data.giveConsent.grantId);
    expect(theirs.errors).toEqual((await register.withdraw(as('stranger'), unknownId)).errors);
    expect(codeOf(theirs)).toBe('BAD_USER_INPUT');
  });

  test('needs level 2 to consent, level 1 to refuse; a refusal stands', async () => {
    const who = 'two-vehicles-kept-plate';
    const requestId = await register.askFor(bank, who, loan);
    expect(codeOf(await register.give(as(who, 1), { requestId, scopes: loan }))).toBe('LEVEL_TOO_LOW');
    const refused = await register.refuse(as(who, 1), requestId);
    expect(refused.data.refuseConsent).toEqual({ requestId, status: 'REFUSED', awaiting: [] });
    expect((await register.refuse(as(who, 1), requestId)).data).toEqual(refused.data);
    expect(codeOf(await register.give(as(who), { requestId, scopes: loan }))).toBe('BAD_USER_INPUT');
    expect(await register.askFor(bank, who, loan)).not.toBe(requestId);
  });

  test.each(['me { id }', 'myGrants { nodes { grantId } }', 'myConsentRequests { nodes { requestId } }'])(
    '%s is for first-party clients alone, whoever the token names',
    async (field) => {
      const app = appCaller('bank-loans', 'loan-assessment', { sub: idOf(an) });
      const answer = await register.query(`{ ${field} }`, {}, app);
      expect(reasonOf(answer)).toBe('ROLE_MISSING');
      expect(Object.values(answer.data)).toEqual([null]);
    },
  );

  test('an app cannot consent in the citizen’s name', async () => {
    const requestId = await register.askFor(bank, an, ['ID_CARDS']);
    const app = appCaller('bank-loans', 'loan-assessment', { sub: idOf(an) });
    expect(reasonOf(await register.give(app, { requestId, scopes: ['ID_CARDS'] }))).toBe('ROLE_MISSING');
  });

  test('me is the citizen; a locked account is nobody’s', async () => {
    expect((await register.query('{ me { id } }', {}, as(an, 1))).data).toEqual({ me: { id: idOf(an) } });
    expect(reasonOf(await register.query('{ me { id } }', {}, as('locked-account')))).toBe('SUBJECT_LOCKED');
  });

  test('pages through consents without gap or repetition', async () => {
    const who = 'temporary-resident';
    const wanted: string[] = [];
    for (const scopes of [
      ['RESIDENCE'],
      ['ID_CARDS'],
      ['SOCIAL_INSURANCE'],
      loan,
      ['PERSONAL_INFORMATION'],
    ]) {
      const requestId = await register.askFor(bank, who, scopes);
      wanted.push((await register.give(as(who), { requestId, scopes })).data.giveConsent.grantId);
    }
    const found: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page += 1) {
      const text = `query ($after: String) { myGrants(first: 2, after: $after) { nodes { grantId } pageInfo { hasNextPage endCursor } } }`;
      const answer: Answer = await register.query(text, { after }, as(who));
      const { myGrants } = answer.data;
      found.push(...myGrants.nodes.map(({ grantId }: { grantId: string }) => grantId));
      expect(myGrants.pageInfo.hasNextPage).toBe(page < 2);
      after = myGrants.pageInfo.endCursor;
    }
    expect([...found].sort()).toEqual([...wanted].sort());
  });

  test.each(['x', Buffer.from(JSON.stringify(['2026-01-01 or true', unknownId])).toString('base64url')])(
    'a made-up cursor is refused: %s',
    async (after) => {
      const answer = await register.query(
        `{ myGrants(after: "${after}") { nodes { grantId } } }`,
        {},
        as(an),
      );
      expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    },
  );
});

describe('the proof', () => {
  test('of who, when and what is written with the grant and cannot be deleted', async () => {
    const who = 'pensioner';
    const requestId = await register.askFor(bank, who, ['PERSONAL_INFORMATION'], { oneTime: true });
    const { data } = await register.give(as(who), {
      requestId,
      scopes: ['PERSONAL_INFORMATION'],
      language: 'en',
    });
    const [row] = await register.database
      .sql`select given_by, given_as, method, notice_version, notice_language, evidence_hash, is_one_time
        from grants where citizen_id = ${idOf(who)} and grant_id = ${data.giveConsent.grantId}`;
    expect(row).toMatchObject({
      given_by: idOf(who),
      given_as: 'SELF',
      method: 'APP',
      notice_version: 1,
      notice_language: 'en',
      is_one_time: true,
      evidence_hash: data.giveConsent.evidenceHash,
    });
    await expect(register.database.sql.unsafe('delete from grants')).rejects.toThrow();
  });

  test('no number and no name stands in any answer', async () => {
    const answer = JSON.stringify([
      await register.query('{ myGrants { nodes { subject { id } givenBy } } }', {}, as('pensioner')),
      await register.ask(bank, { personalId: numberOf('pensioner'), scopes: ['VEHICLES'] }),
    ]);
    expect(answer).not.toContain(numberOf('pensioner'));
    expect(answer).not.toContain(persona('pensioner').name.given);
  });
});
