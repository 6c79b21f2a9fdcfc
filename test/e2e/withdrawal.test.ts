import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '#db';
import { appCaller, citizenCaller } from '../support/callers.ts';
import { startGraphUnderTest, ways } from '../support/graph-under-test.ts';
import { writeGrant } from '../support/grants.ts';
import { consenters, personaNamed } from '../support/personas.ts';

type Graph = Awaited<ReturnType<typeof startGraphUnderTest>>;

const bank = appCaller('bank-loans', 'loan-assessment');
const document = 'query ($personalId: PersonalId!) { citizen(personalId: $personalId) { fullName } }';
const bindingMs = 1000;
const raceCount = inject('isFull') ? 200 : 50;
const atOnce = 50;

interface Read {
  readonly startedMs: number;
  readonly hasData: boolean;
}

/** Reads again and again; ends after the first read that began later than the law gives. */
async function readUntil(
  read: () => Promise<boolean>,
  committed: () => number | null,
): Promise<readonly Read[]> {
  const reads: Read[] = [];
  for (;;) {
    const startedMs = performance.now();
    reads.push({ startedMs, hasData: await read() });
    const at = committed();
    if (at !== null && startedMs > at + bindingMs) return reads;
  }
}

/** A right that is lost while it is being used. */
async function race(read: () => Promise<boolean>, lose: () => Promise<void>) {
  let committedMs: number | null = null;
  const reading = readUntil(read, () => committedMs);
  await lose();
  committedMs = performance.now();
  const reads = await reading;
  const bound = committedMs + bindingMs;
  return {
    before: reads.filter(({ startedMs }) => startedMs < bound).length,
    late: reads.filter(({ startedMs, hasData }) => startedMs >= bound && hasData).length,
    bound: reads.filter(({ startedMs }) => startedMs >= bound).length,
  };
}

async function withdrawalRace(graph: Graph, register: Database, index: number) {
  const person = personaNamed(consenters[index % consenters.length] ?? '');
  const client = `race-${index}`;
  await register.sql`insert into clients (client_id, name, controller, kind, is_first_party, status)
    values (${client}, 'Race', 'Race', 'BANK', false, 'ACTIVE')`;
  await register.sql`insert into purposes select ${client}, code, title_en, title_vi, controller, legal_basis, legal_reference,
    scopes, retention_days, max_days, status from purposes where client_id = 'bank-loans'`;
  const scopes = ['PERSONAL_INFORMATION'] as const;
  const grantId = await writeGrant(register, {
    citizenId: person.citizenId,
    clientId: client,
    purpose: 'loan-assessment',
    scopes,
  });
  const app = appCaller(client, 'loan-assessment');
  const read = async () => {
    const { data } = await graph.query(document, { personalId: person.personalId }, app);
    return data.citizen?.fullName !== undefined;
  };
  expect(await read()).toBe(true);
  return race(read, async () => {
    const answer = await graph.query(
      'mutation ($grantId: ID!) { withdrawConsent(grantId: $grantId) { status } }',
      { grantId },
      citizenCaller(person.citizenId),
    );
    expect(answer.data.withdrawConsent?.status).toBe('WITHDRAWN');
  });
}

describe.each(inject('isFull') ? ways : ways.slice(0, 1))(
  '%s, a right that is lost binds within a second',
  (way) => {
    let graph: Graph;
    let register: Database;
    beforeAll(async () => {
      graph = await startGraphUnderTest({ way, own: ['consent', 'population', 'dependants'] });
      register = graph.databaseOf('consent');
    });
    afterAll(async () => {
      await register.close();
      await graph.close();
    });

    test(`${raceCount} withdrawals, ${atOnce} at once`, async () => {
      let late = 0;
      let bound = 0;
      for (let from = 0; from < raceCount; from += atOnce) {
        const indexes = Array.from({ length: atOnce }, (_, index) => from + index);
        const races = await Promise.all(indexes.map((index) => withdrawalRace(graph, register, index)));
        late += races.reduce((sum, each) => sum + each.late, 0);
        bound += races.filter((each) => each.bound > 0).length;
      }
      expect({ late, bound }).toEqual({ late: 0, bound: raceCount });
    }, 120_000);

    const an = personaNamed('nguyen-van-an');
    const asBank = async () => {
      const { data } = await graph.query(document, { personalId: an.personalId }, bank);
      return data.citizen?.fullName !== undefined;
    };
    const change = async (
      name: 'population' | 'dependants',
      statement: string,
      parameters: readonly string[],
    ) => {
      const database = graph.databaseOf(name);
      await database.sql.unsafe(statement, [...parameters]).finally(() => database.close());
    };
    const mother = personaNamed('separated-mother');
    const child = personaNamed('child-of-separated');
    const asMother = async () => {
      const { data } = await graph.query(
        document,
        { personalId: child.personalId },
        citizenCaller(mother.citizenId),
      );
      return data.citizen?.fullName !== undefined;
    };
    const setAccount = (state: string, id: string) =>
      change('population', 'update citizens set account_state = $1 where citizen_id = $2', [state, id]);

    test.each([
      [
        'a locked account',
        asBank,
        () => setAccount('LOCKED', an.citizenId),
        () => setAccount('ACTIVE', an.citizenId),
      ],
      [
        'a death',
        asBank,
        () =>
          change('population', "update citizens set life_status = 'DECEASED' where citizen_id = $1", [
            an.citizenId,
          ]),
        () =>
          change('population', "update citizens set life_status = 'ALIVE' where citizen_id = $1", [
            an.citizenId,
          ]),
      ],
      [
        'a lost custody',
        asMother,
        () =>
          change('dependants', "update dependants set valid_to = '2026-10-01' where citizen_id = $1", [
            mother.citizenId,
          ]),
        async () => {},
      ],
      [
        'a cut feed',
        asBank,
        () => change('population', 'alter table notices rename to notices_cut', []),
        () => change('population', 'alter table notices_cut rename to notices', []),
      ],
    ])('%s, written as whatever the agency runs would write it', async (_, read, lose, restore) => {
      await writeGrant(register, {
        citizenId: an.citizenId,
        clientId: 'bank-loans',
        purpose: 'loan-assessment',
        scopes: ['PERSONAL_INFORMATION'],
      });
      await expect.poll(read, { timeout: 5000 }).toBe(true);
      const result = await race(read, lose);
      await restore();
      expect(result).toMatchObject({ late: 0, bound: 1 });
    });
  },
);
