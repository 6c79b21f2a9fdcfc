import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrapDatabases, connectDatabase } from '#db';
import { startTemporaryServer, type TemporaryServer } from './temporary-server.ts';

const names = ['residence', 'id-cards', 'consent'];
let server: TemporaryServer;
let urls: ReadonlyMap<string, string>;

beforeAll(async () => {
  server = await startTemporaryServer();
  urls = await bootstrapDatabases(server.adminUrl, names);
});
afterAll(() => server.remove());

function urlOf(name: string): URL {
  return new URL(urls.get(name) ?? '');
}

async function ask<T>(url: string | URL, text: string): Promise<T[]> {
  const database = connectDatabase({ url: String(url), poolSize: 1 });
  try {
    return await database.sql.unsafe<T>(text);
  } finally {
    await database.close();
  }
}

describe('bootstrapDatabases', () => {
  it('gives each agency a database of its own that its role can work in', async () => {
    expect(urlOf('id-cards').pathname).toBe('/id_cards');
    expect(urlOf('id-cards').username).toBe('id_cards');
    await ask(urlOf('id-cards'), 'create table card (id int)');
    await ask(urlOf('id-cards'), 'create schema extra');
    const [row] = await ask<{ role: string }>(urlOf('id-cards'), 'select current_user as role');
    expect(row?.role).toBe('id_cards');
  });

  it.each(['/id_cards', '/consent', '/postgres', '/template1'])(
    'keeps the role of residence out of %s',
    async (place) => {
      const url = urlOf('residence');
      url.pathname = place;
      await expect(ask(url, 'select 1')).rejects.toMatchObject({ fault: { reason: '42501' } });
    },
  );

  it('gives no role any power over the server', async () => {
    const roles = await ask<Record<string, unknown>>(
      server.adminUrl,
      `select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as power,
        (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships
        from pg_roles where rolname in ('residence', 'id_cards', 'consent')`,
    );
    expect(roles).toEqual(Array.from(names, () => ({ power: false, memberships: 0 })));
  });

  it('refuses a wrong password, also of another agency', async () => {
    const url = urlOf('residence');
    url.password = urlOf('id-cards').password;
    await expect(ask(url, 'select 1')).rejects.toMatchObject({ fault: { reason: '28P01' } });
  });

  it('is repeatable, keeps data and passwords, and is safe when done several times at once', async () => {
    await ask(urlOf('consent'), 'create table kept (id int)');
    const more = [...names, 'vehicles'];
    const rounds = await Promise.all([1, 2, 3].map(() => bootstrapDatabases(server.adminUrl, more)));
    for (const round of rounds) expect(round.get('consent')).toBe(urls.get('consent'));
    expect(await ask(urlOf('consent'), 'select * from kept')).toEqual([]);
    expect(await ask(rounds[0]?.get('vehicles') ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes passwords from outside, whatever is in them', async () => {
    const given = await bootstrapDatabases(server.adminUrl, ['guest'], () => `it's "100%" @/:?#`);
    expect(await ask(given.get('guest') ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a name that is not an agency name, and an administrator without a password', async () => {
    await expect(bootstrapDatabases(server.adminUrl, ['x"; drop database consent'])).rejects.toThrow(
      TypeError,
    );
    const url = new URL(server.adminUrl);
    url.password = '';
    await expect(bootstrapDatabases(url.href, names)).rejects.toMatchObject({
      fault: { reason: 'NO_PASSWORD' },
    });
  });
});
