import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { appCaller, citizenCaller } from '../support/callers.ts';
import { startGraphUnderTest, ways, type GraphAnswer } from '../support/graph-under-test.ts';
import { writeGrant } from '../support/grants.ts';
import { personaNamed } from '../support/personas.ts';

const an = personaNamed('nguyen-van-an');
const stranger = personaNamed('stranger');
const bank = appCaller('bank-loans', 'loan-assessment');
const hospital = appCaller('hospital', 'treatment');

const document = `query Same($personalId: PersonalId!) {
  me { fullName personalId residence { permanent { address { line } } } }
  citizen(personalId: $personalId) { fullName personalId idCards { documentNumber } healthInsurance { cardNumber } } }`;

const callers = [
  { name: 'an', caller: citizenCaller(an.citizenId) },
  { name: 'stranger', caller: citizenCaller(stranger.citizenId) },
  { name: 'bank', caller: bank },
  { name: 'hospital', caller: hospital },
] as const;
const asks = callers.flatMap(({ name, caller }) =>
  [an, stranger].map((person) => ({ name, caller, person, key: `${name} asks ${person.persona}` })),
);
/** Whose personal number each may read: as `me`, and of whom they ask. */
const allowed: Readonly<Record<string, readonly [string | null, string | null]>> = {
  'an asks nguyen-van-an': [an.personalId, an.personalId],
  'an asks stranger': [an.personalId, null],
  'stranger asks nguyen-van-an': [stranger.personalId, null],
  'stranger asks stranger': [stranger.personalId, stranger.personalId],
  'bank asks nguyen-van-an': [null, an.personalId],
  'bank asks stranger': [null, null],
  'hospital asks nguyen-van-an': [null, null],
  'hospital asks stranger': [null, stranger.personalId],
};

const total = inject('isFull') ? 1000 : 200;
const atOnce = 20;

/** Whether every value is the expected one or missing. */
function isWithin(value: unknown, expected: unknown): boolean {
  if (value === null || value === expected) return true;
  if (typeof value !== 'object' || typeof expected !== 'object' || expected === null) return false;
  const parts = Object.entries(value);
  return parts.every(([key, part]) => isWithin(part, (expected as Record<string, unknown>)[key]));
}

const passing = ['CONSENT_UNDECIDABLE', 'DATABASE_TIMEOUT', 'SUBGRAPH_UNAVAILABLE'];

/** An answer of a moment in which a busy machine kept the register waiting: less than the expected one, and told so. */
function isLessThan(text: string, expectedText: string): boolean {
  const [answer, expected] = [JSON.parse(text) as GraphAnswer, JSON.parse(expectedText) as GraphAnswer];
  const isTold = answer.errors?.some(({ extensions: { code } }) => passing.includes(code)) === true;
  return isTold && isWithin(answer.data, expected.data);
}

describe.each(inject('isFull') ? ways : ways.slice(0, 1))(
  '%s, several identities with the same query text',
  (way) => {
    let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
    beforeAll(async () => {
      graph = await startGraphUnderTest({ way, own: ['consent'] });
      const register = graph.databaseOf('consent');
      const give = (
        citizenId: string,
        clientId: string,
        purpose: string,
        more: 'ID_CARDS' | 'HEALTH_INSURANCE',
      ) => writeGrant(register, { citizenId, clientId, purpose, scopes: ['PERSONAL_INFORMATION', more] });
      await give(an.citizenId, 'bank-loans', 'loan-assessment', 'ID_CARDS');
      await give(stranger.citizenId, 'hospital', 'treatment', 'HEALTH_INSURANCE');
      await register.close();
    });
    afterAll(() => graph.close());

    /** The answer; its errors come in the order in which the agencies answered, which says nothing. */
    const ask = async ({ person, caller }: (typeof asks)[number]): Promise<string> => {
      const sent = { query: document, variables: { personalId: person.personalId } };
      const { errors, ...answer } = JSON.parse((await graph.post(sent, caller)).text) as GraphAnswer;
      const told = errors?.map((error) => JSON.stringify(error)).sort();
      return JSON.stringify({ ...answer, errors: told?.map((error) => JSON.parse(error) as unknown) });
    };

    test(`${total} requests, ${atOnce} at once: nobody gets what another may read`, async () => {
      const alone = new Map<string, string>();
      for (const each of asks) {
        const text = await ask(each);
        alone.set(each.key, text);
        const { me, citizen } = JSON.parse(text).data;
        expect([me?.personalId ?? null, citizen?.personalId ?? null], each.key).toEqual(allowed[each.key]);
      }
      expect(new Set(alone.values()).size).toBeGreaterThanOrEqual(7);
      const crossed: string[] = [];
      let whole = 0;
      let next = 0;
      const client = async (): Promise<void> => {
        while (next < total) {
          // 3 and 8 have no common factor: neighbours in time are never the same pair.
          const each = asks[(next++ * 3) % asks.length] as (typeof asks)[number];
          const text = await ask(each);
          const expected = alone.get(each.key) ?? '';
          if (text === expected) whole += 1;
          else if (!isLessThan(text, expected)) crossed.push(`${each.key}: ${text.slice(0, 800)}`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, client));
      expect(next).toBe(total);
      expect(crossed).toEqual([]);
      expect(whole / total).toBeGreaterThanOrEqual(0.95);
    });
  },
);
