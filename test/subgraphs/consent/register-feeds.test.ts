import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseError } from '#db';
import { maxNotices, type Facts, type FactsSource, type Notice, type ReadNotices } from '#schema';
import { idOf, keyOf, openWorld, silent, type World } from './register-world.ts';

let world: World;
let source: FactsSource;
beforeAll(async () => {
  world = await openWorld();
  source = world.createRegister();
});
afterAll(() => world.close());

/** Facts of the next read that may not rest on what was heard before. */
async function readNext(subject: string, from: FactsSource = source): Promise<Facts> {
  world.clock.ms += 251;
  const [facts] = await from.read([keyOf(subject)]);
  if (!facts) throw new Error('The register answered nothing.');
  return facts;
}
const representativesOf = ({ links }: Facts) => links.map(({ representative }) => representative.citizenId);
const countNotices = async (of: 'population' | 'dependants') => {
  const [row] = await world[of].sql<{ count: number }>`select count(*)::int as count from notices`;
  return row?.count;
};
const findNumber = async (value: string) => {
  const [row] = await world.register.sql<{ id: string }>`
    select citizen_id as id from subject_numbers where value = ${value}`;
  return row?.id;
};

describe('a population that is loaded', () => {
  it('notes nothing', async () => {
    expect(await countNotices('population')).toBe(0);
    expect(await countNotices('dependants')).toBe(0);
  });

  it('gives the register what its feeds would have told', async () => {
    const people = world.population.sql`select citizen_id, life_status, account_level, account_state, version
      from citizens order by 1`;
    const subjects = world.register.sql`select citizen_id, life_status, account_level, account_state, version
      from subjects order by 1`;
    expect(await subjects).toEqual(await people);
    const links = world.dependants
      .sql`select dependant_id, record_id, citizen_id, relation, basis, valid_from, valid_to
      from dependants order by 1, 2`;
    const representations = world.register
      .sql`select citizen_id as dependant_id, record_id, representative_id as citizen_id,
      relation, basis, valid_from, valid_to from representations order by 1, 2`;
    expect(await representations).toEqual(await links);
    const numbers = world.population.sql`select value, citizen_id from personal_numbers order by 1`;
    expect(await world.register.sql`select value, citizen_id from subject_numbers order by 1`).toEqual(
      await numbers,
    );
  });
});

describe('what plain SQL changes is in the next read', () => {
  it('a locked account', async () => {
    const subject = idOf('stranger');
    await world.population.sql`update citizens set account_state = 'LOCKED' where citizen_id = ${subject}`;
    expect((await readNext(subject)).subject?.account).toEqual({ level: 2, state: 'LOCKED' });
    await world.population.sql`update citizens set account_state = 'ACTIVE' where citizen_id = ${subject}`;
    expect((await readNext(subject)).subject?.account?.state).toBe('ACTIVE');
  });

  it('a death, and an account that is gone', async () => {
    const subject = idOf('centenarian');
    await world.population
      .sql`update citizens set life_status = 'DECEASED', account_level = null, account_state = null
      where citizen_id = ${subject}`;
    expect((await readNext(subject)).subject).toMatchObject({ lifeStatus: 'DECEASED', account: null });
  });

  it('a date of birth that is known by its year only', async () => {
    const subject = idOf('no-account');
    await world.population.sql`update citizens set date_of_birth = '1970' where citizen_id = ${subject}`;
    expect((await readNext(subject)).subject?.bornOn).toBe('1970-01-01');
  });

  it('custody that was ended', async () => {
    const [child, mother] = [idOf('child-of-separated'), idOf('separated-mother')];
    await world.dependants.sql`update dependants set valid_to = '2026-10-31' where citizen_id = ${mother}`;
    const link = (await readNext(child)).links.find(
      ({ representative }) => representative.citizenId === mother,
    );
    expect(link?.validTo).toBe('2026-10-31');
  });

  it('a record of a representation that is deleted, and comes back', async () => {
    const { sql } = world.dependants;
    const [orphan, grandmother] = [idOf('orphan'), idOf('grandmother-guardian')];
    expect(representativesOf(await readNext(orphan))).toEqual([grandmother]);
    await sql`create table kept as select * from dependants where citizen_id = ${grandmother}`;
    await sql`delete from dependants where citizen_id = ${grandmother}`;
    expect(representativesOf(await readNext(orphan))).toEqual([]);
    await sql`insert into dependants select * from kept`;
    expect(representativesOf(await readNext(orphan))).toEqual([grandmother]);
  });

  it('a record that is given another dependant', async () => {
    const [ward, other] = [idOf('ward-adult'), idOf('uninsured')];
    const guardian = idOf('court-guardian');
    await world.dependants.sql`update dependants set dependant_id = ${other} where citizen_id = ${guardian}`;
    expect(representativesOf(await readNext(ward))).toEqual([]);
    expect(representativesOf(await readNext(other))).toEqual([guardian]);
  });

  it('a number that is given to somebody, and taken back', async () => {
    const { sql } = world.population;
    const subject = idOf('uninsured');
    await sql`insert into person_identifiers values
      (${subject}, 'CANCELLED_PERSONAL_ID', '099071999999', '2001-01-01', '2020-01-01', now(), 'INTEGRATED')`;
    await readNext(subject);
    expect(await findNumber('099071999999')).toBe(subject);
    await sql`delete from person_identifiers where value = '099071999999'`;
    await readNext(subject);
    expect(await findNumber('099071999999')).toBeUndefined();
    expect(await findNumber('099071996129')).toBe(subject);
  });

  it('somebody who is deleted, and somebody who is added', async () => {
    const { sql } = world.population;
    const subject = idOf('surviving-spouse');
    await sql`create table kept as select * from citizens where citizen_id = ${subject}`;
    await sql`delete from citizens where citizen_id = ${subject}`;
    expect((await readNext(subject)).subject).toBeNull();
    expect(await findNumber('099155993800')).toBeUndefined();
    await sql`insert into citizens select * from kept`;
    expect((await readNext(subject)).subject).toMatchObject({ citizenId: subject, lifeStatus: 'ALIVE' });
    expect(await findNumber('099155993800')).toBe(subject);
  });

  it('nothing, when the transaction is rolled back', async () => {
    const subject = idOf('pensioner');
    const undone = world.population.begin(async ({ sql }) => {
      await sql`update citizens set life_status = 'DECEASED' where citizen_id = ${subject}`;
      throw new RangeError('Undone.');
    });
    await expect(undone).rejects.toThrow(RangeError);
    expect((await readNext(subject)).subject?.lifeStatus).toBe('ALIVE');
  });
});

describe('notices', () => {
  it('leave out what the register does not need', async () => {
    await readNext(idOf('stranger'));
    await readNext(idOf('stranger'));
    await world.population
      .sql`update citizens set marital_status = 'DIVORCED' where citizen_id = ${idOf('stranger')}`;
    await world.dependants
      .sql`update dependants set verified_at = now() where citizen_id = ${idOf('nguyen-van-an')}`;
    expect(await countNotices('population')).toBe(0);
    expect(await countNotices('dependants')).toBe(0);
  });

  it('are acknowledged by id: one that is committed late is not lost', async () => {
    const { sql } = world.population;
    const [late, early] = [idOf('late-employer'), idOf('old-b2-licence')];
    await world.population.begin(async (transaction) => {
      await transaction.sql`update citizens set account_state = 'CANCELLED' where citizen_id = ${late}`;
      await sql`update citizens set account_state = 'CANCELLED' where citizen_id = ${early}`;
      expect((await readNext(early)).subject?.account?.state).toBe('CANCELLED');
      expect((await readNext(late)).subject?.account?.state).toBe('ACTIVE');
    });
    expect((await readNext(late)).subject?.account?.state).toBe('CANCELLED');
    await readNext(late);
    expect(await countNotices('population')).toBe(0);
  });

  it('are told again until they are acknowledged, at most 500 at once', async () => {
    const read = world.feeds.population;
    const ids = Array.from({ length: 600 }, () => randomUUID());
    await world.population.sql`insert into notices (citizen_id, notice_id, version)
      select id, id, 1 from unnest(${ids}::uuid[]) as given(id)`;
    const first = await read([]);
    expect(first).toHaveLength(maxNotices);
    expect((await read([])).map(({ noticeId }) => noticeId)).toEqual(first.map(({ noticeId }) => noticeId));
    const second = await read(first.map(({ noticeId }) => noticeId));
    expect(second).toHaveLength(100);
    expect(
      await read([...second.map(({ noticeId }) => noticeId), 'no id', `${randomUUID()}/${randomUUID()}`]),
    ).toEqual([]);
    expect(new Set([...first, ...second].map(({ noticeId }) => noticeId)).size).toBe(600);
  });

  it('of six hundred people are all applied before the next read is answered', async () => {
    const ids = Array.from({ length: 600 }, () => randomUUID());
    await world.population
      .sql`insert into citizens (citizen_id, personal_id, surname, given_name, other_names, date_of_birth,
        sex, nationality_code, nationality_name, ethnicity_code, ethnicity_name, marital_status, life_status, as_of, integration_status)
      select id, '098' || lpad(n::text, 9, '0'), 'A', 'B', '{}', '1990-01-01', 'MALE', 'VN', 'V', '01', 'K', 'SINGLE', 'ALIVE', now(), 'INTEGRATED'
      from unnest(${ids}::uuid[]) with ordinality as given(id, n)`;
    const facts = await readNext(ids[599] ?? '');
    expect(facts).toMatchObject({ subject: { bornOn: '1990-01-01' }, isFresh: { population: true } });
    await readNext(ids[0] ?? '');
    expect(await countNotices('population')).toBe(0);
    expect(await findNumber('098000000600')).toBe(ids[599]);
  });
});

/** A feed that tells what it is given, each list once. */
const scripted = (...rounds: readonly (readonly Notice[])[]): ReadNotices => {
  const left = [...rounds];
  return async () => left.shift() ?? [];
};
const personNotice = (version: number, state: 'ACTIVE' | 'LOCKED', citizenId: string): Notice => ({
  noticeId: randomUUID(),
  version,
  body: {
    kind: 'person',
    person: { citizenId, bornOn: '1990-01-01', lifeStatus: 'ALIVE', account: { level: 2, state } },
    personalIds: [`097${citizenId.replace(/\D/g, '').padEnd(9, '0').slice(0, 9)}`],
  },
});
const linkNotice = (version: number, dependantId: string, isDeleted: boolean): Notice => ({
  noticeId: randomUUID(),
  version,
  body: {
    kind: 'link',
    recordId: '00000000-0000-8000-a000-000000000001',
    dependantId,
    representativeId: idOf('pensioner'),
    link: { relation: 'OTHER', basis: 'GUARDIAN_BY_COURT', validFrom: '2026-01-01', validTo: null },
    isDeleted,
  },
});

describe('notices out of order', () => {
  it('leave the newest version standing, in one batch and across batches', async () => {
    const subject = randomUUID();
    const person = (version: number, state: 'ACTIVE' | 'LOCKED') => personNotice(version, state, subject);
    const rounds = [
      [person(3, 'LOCKED'), person(2, 'ACTIVE')],
      [person(1, 'ACTIVE'), person(3, 'ACTIVE')],
      [person(4, 'ACTIVE')],
    ];
    const register = world.createRegister({ population: scripted(...rounds), dependants: silent });
    const states = [];
    for (const round of rounds)
      states.push([round.length, (await readNext(subject, register)).subject?.account?.state]);
    expect(states.map(([, state]) => state)).toEqual(['LOCKED', 'LOCKED', 'ACTIVE']);
  });

  it('do not bring back a representation that was deleted', async () => {
    const subject = idOf('zero-point-licence');
    const rounds = [
      [linkNotice(9, subject, true)],
      [linkNotice(8, subject, false)],
      [linkNotice(10, subject, false)],
    ];
    const register = world.createRegister({ population: silent, dependants: scripted(...rounds) });
    const counts = [];
    for (const round of rounds) counts.push((await readNext(subject, register)).links.length * round.length);
    expect(counts).toEqual([0, 0, 1]);
  });

  it('are harmless to two registers at once', async () => {
    const ids = Array.from({ length: 200 }, () => randomUUID());
    const notices = ids.map((id) => personNotice(1, 'ACTIVE', id));
    const registers = [notices, [...notices].reverse(), notices].map((list) =>
      world.createRegister({ population: scripted(list), dependants: silent }),
    );
    world.clock.ms += 251;
    const answers = await Promise.all(registers.map((register) => register.read([keyOf(ids[0] ?? '')])));
    for (const [facts] of answers)
      expect(facts).toMatchObject({ isFresh: { population: true }, subject: {} });
  });
});

describe('a feed', () => {
  const subject = idOf('two-vehicles-kept-plate');
  const fail: ReadNotices = () =>
    Promise.reject(new DatabaseError('DATABASE_UNAVAILABLE', { reason: 'GONE' }));

  it('that fails is said to be stale, the other not, and recovers', async () => {
    let isDown = true;
    const feed: ReadNotices = (ids) => (isDown ? fail(ids) : world.feeds.population(ids));
    const register = world.createRegister({ ...world.feeds, population: feed });
    expect(await readNext(subject, register)).toMatchObject({
      isFresh: { population: false, dependants: true },
      subject: { citizenId: subject },
    });
    isDown = false;
    expect((await readNext(subject, register)).isFresh).toEqual({ population: true, dependants: true });
    isDown = true;
    world.clock.ms += 250;
    const [kept] = await register.read([keyOf(subject)]);
    expect(kept?.isFresh.population).toBe(true);
    expect((await readNext(subject, register)).isFresh.population).toBe(false);
  });

  it('whose notices cannot be applied is stale, and they are told again', async () => {
    const broken = { ...personNotice(1, 'ACTIVE', 'no uuid') };
    const acknowledged: (readonly string[])[] = [];
    const feed: ReadNotices = async (ids) => {
      acknowledged.push(ids);
      return [broken];
    };
    const register = world.createRegister({ population: feed, dependants: silent });
    expect((await readNext(subject, register)).isFresh.population).toBe(false);
    expect(acknowledged.flat()).toEqual([]);
  });

  it('that hangs does not hold up the answer', async () => {
    const hang: ReadNotices = () => new Promise(() => {});
    const register = world.createRegister({ population: hang, dependants: silent });
    const began = performance.now();
    expect((await readNext(subject, register)).isFresh).toEqual({ population: false, dependants: true });
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('is asked once for many reads at once, and again after 250 ms', async () => {
    let calls = 0;
    const feed: ReadNotices = async () => {
      calls += 1;
      return [];
    };
    const register = world.createRegister({ population: feed, dependants: silent });
    const read = () => Promise.all(Array.from({ length: 20 }, () => register.read([keyOf(subject)])));
    await read();
    world.clock.ms += 249;
    await read();
    expect(calls).toBe(1);
    world.clock.ms += 2;
    await read();
    expect(calls).toBe(2);
  });

  it('that was asked too early is asked again before the answer', async () => {
    const began: number[] = [];
    let release = (): void => {};
    const feed: ReadNotices = async () => {
      began.push(world.clock.ms);
      if (began.length === 1) await new Promise<void>((resolve) => (release = resolve));
      return [];
    };
    const register = world.createRegister({ population: feed, dependants: silent });
    const first = register.read([keyOf(subject)]);
    world.clock.ms += 300;
    const second = register.read([keyOf(subject)]);
    release();
    const [[one], [two]] = await Promise.all([first, second]);
    expect([one?.isFresh.population, two?.isFresh.population]).toEqual([true, true]);
    expect(began).toHaveLength(2);
    expect((began[1] ?? 0) - (began[0] ?? 0)).toBe(300);
  });
});
