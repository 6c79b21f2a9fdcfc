import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearPopulation } from '#kit';
import type { FactKey, Facts, FactsSource } from '#schema';
import { consent } from '../../../subgraphs/consent/index.ts';
import { addAccess, addGrant, idOf, keyOf, now, openWorld, silent, type World } from './register-world.ts';

let world: World;
let source: FactsSource;
beforeAll(async () => {
  world = await openWorld();
  source = world.createRegister({ population: silent, dependants: silent });
  const { sql } = world.register;
  await sql`insert into clients values ('closed-bank', 'B', 'B', 'BANK', false, 'SUSPENDED')`;
  await sql`insert into purposes select 'bank-loans', 'closed', title_en, title_vi, controller, legal_basis,
    legal_reference, scopes, retention_days, max_days, 'SUSPENDED' from purposes where code = 'loan-assessment'`;
});
afterAll(() => world.close());

async function read(key: FactKey): Promise<Facts> {
  const [facts] = await source.read([key]);
  if (!facts) throw new Error('The register answered nothing.');
  return facts;
}
const stranger = idOf('stranger');
const loanScopes = ['PERSONAL_INFORMATION', 'RESIDENCE', 'ID_CARDS', 'SOCIAL_INSURANCE'];

type Case = readonly [what: string, key: FactKey, expected: Partial<Facts>];
const clientCases: readonly Case[] = [
  [
    'a client with its purpose',
    keyOf(stranger),
    {
      client: {
        clientId: 'bank-loans',
        isFirstParty: false,
        purpose: {
          code: 'loan-assessment',
          scopes: loanScopes,
          legalBasis: 'CONSENT',
          legalReference: null,
        } as never,
      },
    },
  ],
  [
    'a purpose that rests on a statute',
    keyOf(stranger, { clientId: 'land-registry', purpose: 'land-registration' }),
    {
      client: {
        clientId: 'land-registry',
        isFirstParty: false,
        purpose: {
          code: 'land-registration',
          scopes: ['PERSONAL_INFORMATION', 'RESIDENCE', 'ID_CARDS'],
          legalBasis: 'STATUTE',
          legalReference: 'Law 31/2024/QH15 Art. 133',
        },
      },
    },
  ],
  [
    'the first-party client, without a purpose',
    keyOf(stranger, { clientId: 'vneid', purpose: null }),
    { client: { clientId: 'vneid', isFirstParty: true, purpose: null } },
  ],
  ['a client nobody registered', keyOf(stranger, { clientId: 'nobody' }), { client: null }],
  ['a client that is suspended', keyOf(stranger, { clientId: 'closed-bank' }), { client: null }],
  [
    'a purpose of another client',
    keyOf(stranger, { purpose: 'treatment' }),
    { client: { clientId: 'bank-loans', isFirstParty: false, purpose: null } },
  ],
  [
    'a purpose that is suspended',
    keyOf(stranger, { purpose: 'closed' }),
    { client: { clientId: 'bank-loans', isFirstParty: false, purpose: null } },
  ],
  ['an unknown subject', keyOf(randomUUID()), { subject: null, links: [], grants: [], emergencies: [] }],
  ['a subject that is no id', keyOf("'; drop table grants; --"), { subject: null, links: [], grants: [] }],
  [
    'names the database cannot hold',
    keyOf(stranger, { clientId: 'a\0', purpose: '\ud800', callerId: '\0' }),
    { client: null },
  ],
];

const personCases: readonly (readonly [persona: string, expected: Partial<NonNullable<Facts['subject']>>])[] =
  [
    ['stranger', { bornOn: '1983-02-17', lifeStatus: 'ALIVE', account: { level: 2, state: 'ACTIVE' } }],
    ['year-only-birth', { bornOn: '1938-01-01' }],
    ['level-1-only', { account: { level: 1, state: 'ACTIVE' } }],
    ['no-account', { account: null }],
    ['locked-account', { account: { level: 2, state: 'LOCKED' } }],
    ['deceased', { lifeStatus: 'DECEASED', account: { level: 2, state: 'LOCKED' } }],
    ['missing-person', { lifeStatus: 'MISSING' }],
  ];

describe('facts of clients', () => {
  it.each(clientCases)('%s', async (_, key, expected) => {
    expect(await read(key)).toMatchObject(expected);
  });
});

describe('facts of people', () => {
  it.each(personCases)('%s', async (persona, expected) => {
    const citizenId = idOf(persona);
    expect((await read(keyOf(citizenId))).subject).toMatchObject({ citizenId, ...expected });
  });

  it('names both parents of a child, with what is known of them', async () => {
    const { links } = await read(keyOf(idOf('child-13-364-days')));
    const parents = ['nguyen-van-an', 'tran-thi-binh'].map(idOf).sort();
    expect(links.map(({ representative }) => representative.citizenId).sort()).toEqual(parents);
    for (const { representative, relation, basis, validFrom, validTo } of links) {
      expect(representative).toMatchObject({ lifeStatus: 'ALIVE', account: { level: 2, state: 'ACTIVE' } });
      expect({ relation, basis, validFrom, validTo }).toMatchObject({ basis: 'PARENTAL', validTo: null });
    }
  });

  it('names a representative whose right was ended, with the day', async () => {
    const { links } = await read(keyOf(idOf('child-of-separated')));
    const father = links.find(({ representative }) => representative.citizenId === idOf('separated-father'));
    expect(father?.validTo).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(links).toHaveLength(2);
  });
});

const vneid = { clientId: 'vneid', purpose: null };
type Reader = readonly [what: string, persona: string, reader: Partial<FactKey>, knowsChildren: boolean];
const readers: readonly Reader[] = [
  ['a client with a grant', 'nguyen-van-an', {}, true],
  ['a client without one', 'nguyen-van-an', { clientId: 'hospital', purpose: 'treatment' }, false],
  [
    'a purpose that rests on a statute',
    'nguyen-van-an',
    { clientId: 'land-registry', purpose: 'land-registration' },
    true,
  ],
  ['the parent', 'nguyen-van-an', { ...vneid, callerId: idOf('nguyen-van-an') }, true],
  ['another citizen', 'nguyen-van-an', { ...vneid, callerId: stranger }, false],
  ['a parent whose right ended', 'separated-father', { ...vneid, callerId: idOf('separated-father') }, false],
];

describe('facts of dependants', () => {
  beforeAll(() => addGrant(world.register, idOf('nguyen-van-an')));

  it.each(readers)('%s: of %s', async (_, persona, reader, knowsChildren) => {
    const before = world.statements.length;
    const [answered] = await source.read([keyOf(idOf(persona), reader)]);
    expect(world.statements.length - before).toBe(1);
    const children = answered?.dependants.map(({ subject }) => subject) ?? [];
    expect(children.includes(idOf('child-13-364-days'))).toBe(knowsChildren);
    expect(children.includes(idOf('child-of-separated'))).toBe(false);
    for (const { subject, facts } of answered?.dependants ?? []) {
      const [asked] = await source.read([keyOf(subject, reader)]);
      expect({ ...facts, dependants: [], ageMs: 0 }).toEqual(asked);
    }
  });
});

describe('facts of grants', () => {
  const subject = idOf('pensioner');
  const child = idOf('teenager-16');
  const mother = idOf('mother-of-teenager');

  it('tells those of the client and purpose, whatever their status, and no others', async () => {
    const { register } = world;
    const active = await addGrant(register, subject, { valid_to: '2026-12-01T00:00:00Z' });
    const withdrawn = await addGrant(register, subject, {
      status: 'WITHDRAWN',
      valid_from: '2026-10-02T00:00:00Z',
    });
    const used = { is_one_time: true, used_by_operation: 'op-1', valid_from: '2026-10-03T00:00:00Z' };
    const usedId = await addGrant(register, subject, used);
    await addGrant(register, subject, { client_id: 'school' });
    await addGrant(register, subject, { purpose: 'treatment' });
    await addGrant(register, stranger);
    const { grants } = await read(keyOf(subject));
    expect(grants.map(({ grantId }) => grantId)).toEqual([active, withdrawn, usedId]);
    expect(grants[0]).toEqual({
      grantId: active,
      scopes: ['RESIDENCE'],
      validFrom: expect.stringMatching(/^2026-10-01T/) as string,
      validTo: expect.stringMatching(/^2026-12-01T/) as string,
      isOneTime: false,
      usedByOperation: null,
      status: 'ACTIVE',
      givenBy: subject,
      givenAs: 'SELF',
      childConsentedAt: null,
      readerId: null,
    });
    expect(Date.parse(grants[0]?.validTo ?? '')).toBe(Date.parse('2026-12-01T00:00:00Z'));
    expect(grants[1]?.status).toBe('WITHDRAWN');
    expect(grants[2]).toMatchObject({ isOneTime: true, usedByOperation: 'op-1' });
  });

  it('tells a representative only what names them as reader', async () => {
    const { register } = world;
    const care = {
      client_id: 'vneid',
      purpose: 'guardian-care',
      scopes: ['HEALTH_RECORDS', 'HEALTH_RECORDS.HIV'],
    };
    const own = await addGrant(register, child, { ...care, reader_id: mother });
    await addGrant(register, child, { ...care, reader_id: stranger });
    const idsFor = async (more: Partial<FactKey>) =>
      (await read(keyOf(child, more))).grants.map(({ grantId }) => grantId);
    const first = { clientId: 'vneid', callerId: mother };
    expect(await idsFor({ ...first, purpose: null })).toEqual([own]);
    expect(await idsFor({ ...first, purpose: 'guardian-care' })).toEqual([own]);
    expect(await idsFor({ purpose: null, callerId: mother })).toEqual([]);
    expect(await idsFor({ ...first, purpose: null, callerId: idOf('tran-thi-binh') })).toEqual([]);
  });
});

describe('facts of emergencies', () => {
  it('tells what the caller began for the subject and what is not over', async () => {
    const { register } = world;
    const subject = idOf('heavy-record');
    const live = await addAccess(register, subject);
    await addAccess(register, subject, { officer_id: 'officer-2' });
    await addAccess(register, subject, { client_id: 'bank-loans' });
    await addAccess(register, subject, { ended_at: '2026-11-01T04:30:00Z' });
    await addAccess(register, subject, { ends_at: now.toISOString() });
    await addAccess(register, stranger);
    const key = keyOf(subject, { clientId: 'hospital', purpose: 'treatment' });
    const { emergencies } = await read(key);
    expect(emergencies.map(({ accessId }) => accessId)).toEqual([live]);
    expect(emergencies[0]?.scopes).toEqual(['HEALTH_RECORDS']);
    expect(Date.parse(emergencies[0]?.endsAt ?? '')).toBe(Date.parse('2026-11-01T06:00:00Z'));
  });
});

describe('a read', () => {
  const names = ['stranger', 'deceased', 'no-account'];
  const keys = Array.from({ length: 100 }, (_, index) =>
    index % 4 === 3 ? keyOf(randomUUID()) : keyOf(idOf(names[index % 4] ?? '')),
  );

  it.each([1, 2, 100])('is one statement for %i keys, answered in their order', async (count) => {
    const before = world.statements.length;
    const facts = await source.read(keys.slice(0, count));
    expect(world.statements.length - before).toBe(1);
    const subjects = facts.map(({ subject }) => subject?.citizenId ?? null);
    const expected = keys.slice(0, count).map(({ subject }, index) => (index % 4 === 3 ? null : subject));
    expect(subjects).toEqual(expected);
  });

  it('asks nothing for no keys and refuses more than a hundred', async () => {
    const before = world.statements.length;
    expect(await source.read([])).toEqual([]);
    await expect(source.read([...keys, keyOf(stranger)])).rejects.toThrow(RangeError);
    expect(world.statements.length - before).toBe(0);
  });

  it('finds each row by an index of its citizen, however many there are', async () => {
    const text =
      world.statements.find(
        (each) => each.includes('jsonb_to_recordset') && each.includes('"representations"'),
      ) ?? '';
    const plan = await world.register.begin(async ({ sql }) => {
      await sql.unsafe('set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan');
      await sql.unsafe(`prepare facts as ${text}`);
      const at = now.toISOString();
      return sql.unsafe<Record<string, string>>(`explain execute facts('[]', '${at}', '${at}')`);
    });
    const lines = plan.map((row) => row['QUERY PLAN'] ?? '').join('\n');
    expect(lines).not.toMatch(/Seq Scan on (subjects|representations|grants|emergency_accesses)/);
    expect(lines.match(/Index Cond: \(citizen_id = k\w*\.subject\)/g)?.length).toBeGreaterThanOrEqual(3);
    expect(lines).toMatch(/Index Cond: \(representative_id = \S*k\S*\.subject\)/);
  });
});

describe('a client', () => {
  it.each([
    ['hospital', 'treatment', { isFirstParty: false, purpose: { code: 'treatment', legalBasis: 'CONSENT' } }],
    ['vneid', null, { isFirstParty: true, purpose: null }],
    ['hospital', 'loan-assessment', { purpose: null }],
    ['bank-loans', 'closed', { purpose: null }],
  ])('%s with purpose %s', async (clientId, purpose, expected) => {
    expect(await source.readClient(clientId, purpose)).toMatchObject({ clientId, ...expected });
  });

  it.each(['closed-bank', 'nobody'])('%s is none', async (clientId) => {
    expect(await source.readClient(clientId, null)).toBeNull();
  });

  it('is the same as in the facts', async () => {
    const { client } = await read(keyOf(stranger));
    expect(await source.readClient('bank-loans', 'loan-assessment')).toEqual(client);
  });
});

describe('a claim of a one-time grant', () => {
  const subject = idOf('lost-card');
  const claim = (grantId: string, operation: string) => source.claim({ subject, grantId }, operation);

  it('is one operation’s, of twenty at once, and stays so', async () => {
    const grantId = await addGrant(world.register, subject, { is_one_time: true });
    const operations = Array.from({ length: 20 }, (_, index) => `op-${index}`);
    const answers = await Promise.all(operations.map((operation) => claim(grantId, operation)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    const winner = operations[answers.indexOf(true)] ?? '';
    expect(await claim(grantId, winner)).toBe(true);
    const { grants } = await read(keyOf(subject));
    expect(grants.find((grant) => grant.grantId === grantId)?.usedByOperation).toBe(winner);
  });

  it.each([
    ['withdrawn', { is_one_time: true, status: 'WITHDRAWN' }],
    ['over', { is_one_time: true, valid_to: now.toISOString() }],
    ['not begun', { is_one_time: true, valid_from: '2026-11-02T00:00:00Z' }],
    ['ongoing', {}],
  ])('of a grant that is %s fails', async (_, more) => {
    expect(await claim(await addGrant(world.register, subject, more), 'op')).toBe(false);
  });

  it('of somebody else’s grant, or of none, fails', async () => {
    const grantId = await addGrant(world.register, stranger, { is_one_time: true });
    expect(await claim(grantId, 'op')).toBe(false);
    expect(await claim(randomUUID(), 'op')).toBe(false);
    expect(await claim('no id', 'op')).toBe(false);
  });
});

describe('the proof', () => {
  it.each(['grants', 'consent_requests', 'emergency_accesses', 'access_reviews', 'record_subjects'])(
    'in %s is never deleted',
    async (table) => {
      await addGrant(world.register, idOf('centenarian'));
      await expect(world.register.sql.unsafe(`delete from ${table}`)).rejects.toMatchObject({
        name: 'DatabaseError',
      });
      expect((await read(keyOf(idOf('centenarian')))).grants.length).toBeGreaterThan(0);
    },
  );
});

describe('a new population', () => {
  it('begins with an empty register', async () => {
    const { sql } = world.register;
    await sql`insert into record_subjects values (${randomUUID()}, ${stranger})`;
    await clearPopulation(world.register, consent);
    const counts = await sql<{
      left: number;
    }>`select (select count(*) from grants) + (select count(*) from subjects)
      + (select count(*) from emergency_accesses) + (select count(*) from record_subjects)
      + (select count(*) from subject_numbers) + (select count(*) from clients) as left`;
    expect(Number(counts[0]?.left)).toBe(0);
  });
});
