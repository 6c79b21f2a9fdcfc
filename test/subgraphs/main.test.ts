import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
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

  it('serves on the port of --port, without the register too, and ends well on SIGTERM', async () => {
    const port = await findFreePort();
    const agency = await runProcess({
      script,
      args: ['residence', '--port', String(port)],
      until: new RegExp(`^Agency residence serves http://127\\.0\\.0\\.1:${port}/graphql$`, 'm'),
      env: {
        DATABASE_URL: inject('agencyUrls').residence,
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
  });
});
