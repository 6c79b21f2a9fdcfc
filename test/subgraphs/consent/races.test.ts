import { afterAll, beforeAll, expect, test } from 'vitest';
import { as, bank, idOf, openRegister, type Register } from './people.ts';

let register: Register;
beforeAll(async () => {
  register = await openRegister({ accounts: ['child-13-364-days'] });
});
afterAll(() => register.close());

const scopes = ['PERSONAL_INFORMATION', 'RESIDENCE'];
const countOf = async (requestId: string) => {
  const [row] = await register.database.sql<{ grants: number; status: string }>`
    select (select count(*)::int from grants g where g.request_id = r.request_id) as grants, r.status
    from consent_requests r where r.request_id = ${requestId}`;
  return row;
};
const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

test('twenty consents at once are one grant, and all are told of it', async () => {
  const requestId = await register.askFor(bank, 'nguyen-van-an', scopes);
  const answers = await many(20, () => register.give(as('nguyen-van-an'), { requestId, scopes }));
  expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
  expect(new Set(answers.map(({ data }) => data.giveConsent.grantId)).size).toBe(1);
  expect(await countOf(requestId)).toEqual({ grants: 1, status: 'GIVEN' });
});

test('child and parents at once are one grant of what they have in common', async () => {
  const child = 'child-13-364-days';
  const requestId = await register.askFor(bank, child, scopes);
  const people = [child, 'nguyen-van-an', 'tran-thi-binh'];
  const answers = await many(12, (index) =>
    register.give(as(people[index % 3] ?? child), { requestId, scopes }),
  );
  expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
  expect(await countOf(requestId)).toEqual({ grants: 1, status: 'GIVEN' });
});

test('consent against refusal: one of the two, wholly', async () => {
  const outcomes = await many(10, async (round) => {
    const requestId = await register.askFor(bank, 'stranger', scopes, { validDays: round + 1 });
    const [given, refused] = await Promise.all([
      register.give(as('stranger'), { requestId, scopes }),
      register.refuse(as('stranger'), requestId),
    ]);
    expect([given, refused].filter(({ errors }) => errors !== undefined)).toHaveLength(1);
    const { grants, status } = (await countOf(requestId)) ?? {};
    expect(grants).toBe(status === 'GIVEN' ? 1 : 0);
    return status;
  });
  expect(outcomes.every((status) => status === 'GIVEN' || status === 'REFUSED')).toBe(true);
});

test('withdrawals at once agree on who and when; a consent repeated beside them brings nothing back', async () => {
  const requestId = await register.askFor(bank, 'pensioner', scopes);
  const giving = { requestId, scopes };
  const { data } = await register.give(as('pensioner'), giving);
  const { grantId } = data.giveConsent;
  const answers = await many(20, async (index) =>
    index % 2 === 0 ? register.withdraw(as('pensioner', 1), grantId) : register.give(as('pensioner'), giving),
  );
  expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
  const [row] = await register.database
    .sql`select status, withdrawn_by from grants where citizen_id = ${idOf('pensioner')} and grant_id = ${grantId}`;
  expect(row).toEqual({ status: 'WITHDRAWN', withdrawn_by: idOf('pensioner') });
  expect(await countOf(requestId)).toEqual({ grants: 1, status: 'GIVEN' });
});
