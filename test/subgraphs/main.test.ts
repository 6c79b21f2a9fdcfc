import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { bootstrapDatabases, connectDatabase } from '#db';
import { findFreePort, runProcess } from '../support/running-graph.ts';

const script = 'subgraphs/main.ts';
const key = randomBytes(32).toString('base64url');

describe('npm run agency', () => {
  it('says in a sentence what it needs to know, and ends', async () => {
    const env = { DATABASE_URL: 'postgres://host/database', CALLER_KEY: '' };
    const untold = await runProcess({ script, args: ['residence'], until: /(?!)/, env });
    expect(await untold.stop()).toBe(1);
    expect(untold.output()).toMatch(/^The environment variable CALLER_KEY is missing/);
  });

  it('makes its tables, serves on the port of --port, without the register too, and ends well on SIGTERM', async () => {
    const name = `t-residence-${randomUUID().slice(0, 8)}`;
    const url = (await bootstrapDatabases(inject('adminUrl'), [name])).get(name) ?? '';
    const port = await findFreePort();
    const agency = await runProcess({
      script,
      args: ['residence', '--port', String(port)],
      until: new RegExp(`^Agency residence serves http://127\\.0\\.0\\.1:${port}/graphql$`, 'm'),
      env: {
        DATABASE_URL: url,
        CALLER_KEY: key,
        REGISTER_KEY: key,
        REGISTER_URL: `http://127.0.0.1:${await findFreePort()}`,
      },
    });
    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    expect(await agency.stop('SIGTERM')).toBe(0);
    const database = connectDatabase({ url, poolSize: 1 });
    expect(
      await database.sql`select citizen_id from residence_files`.finally(() => database.close()),
    ).toEqual([]);
  });
});
