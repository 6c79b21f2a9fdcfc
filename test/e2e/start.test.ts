import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { connectDatabase } from '#db';
import { agencyNames, callerKeyVariableOf } from '#schema';
import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import { registerAskers, registerKeyVariableOf } from '../../subgraphs/variables.ts';
import { testOfficer } from '../support/callers.ts';
import { ask, findFreePort, runProcess, type RunningProcess } from '../support/running-graph.ts';
import { registerTestClient } from '../support/test-client.ts';
import { accessTokenOf, testAudience, testIssuer, testJwks } from '../support/test-issuer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const start = (
  env: Readonly<Record<string, string>> = {},
  preload: readonly string[] = [],
): Promise<RunningProcess> =>
  runProcess({
    script: 'gateway/all-in-one.ts',
    until: /Ctrl-C stops everything/,
    preload,
    env: { DATA_DIR: dataDir, POPULATION: '50', ...env },
  });

const postmasterPid = (): number =>
  Number(readFileSync(join(dataDir, 'postgres-18', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** PostgreSQL removes the file when it has shut down. */
const isDatabaseUp = (): boolean => existsSync(join(dataDir, 'postgres-18', 'postmaster.pid'));

/** The query that `npm start` prints, run by a shell as it stands. */
function paste(output: string): { data: { citizen: { fullName: string } } } {
  const command = /^curl .*$/m.exec(output)?.[0] ?? '';
  return JSON.parse(execFileSync('bash', ['-c', command], { encoding: 'utf8' })) as ReturnType<typeof paste>;
}

/** What `npm run token` prints for the same data directory. */
const tokenOf = (persona: string): string =>
  execFileSync(
    process.execPath,
    ['--import', './.node/register.mjs', 'db/population/issuer/print-token.ts', persona],
    {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: dataDir },
    },
  ).trim();

async function waitFor<T>(read: () => Promise<T | null>, limitMs: number): Promise<T> {
  const deadlineMs = performance.now() + limitMs;
  for (;;) {
    const value = await read().catch(() => null);
    if (value !== null) return value;
    if (performance.now() > deadlineMs) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const isFull = inject('isFull');

describe.sequential('npm start', () => {
  test('cold: sets everything up, prints personas and a query that works, connects to this machine only', async () => {
    const connections = join(dataDir, 'connections.txt');
    const graph = await start({ CONNECTIONS_FILE: connections }, ['./test/support/record-connections.ts']);
    expect(graph.output()).toMatch(/Personas of the synthetic population \(\d\d\)/);
    expect(paste(graph.output()).data.citizen.fullName).toBeTruthy();
    expect(await graph.stop('SIGINT')).toBe(0);
    expect(isDatabaseUp()).toBe(false);
    const targets = new Set(readFileSync(connections, 'utf8').trim().split('\n'));
    expect([...targets].filter((target) => !/^(127\.0\.0\.1|localhost|::1|\/.*)$/.test(target))).toEqual([]);
    expect(targets.has('127.0.0.1')).toBe(true);
  });

  test('warm: keeps the population and does not load again', async () => {
    const graph = await start();
    expect(graph.output()).not.toContain('rows/s');
    expect(paste(graph.output()).data.citizen.fullName).toBeTruthy();
    expect(await graph.stop('SIGTERM')).toBe(0);
  });

  // Minutes of starting: npm run test:proofs.
  test.runIf(isFull)('after kill -9 of the process the next start goes on', async () => {
    const graph = await start();
    await graph.stop('SIGKILL');
    const next = await start();
    expect(paste(next.output()).data.citizen.fullName).toBeTruthy();
    expect(await next.stop()).toBe(0);
    expect(isDatabaseUp()).toBe(false);
  });

  test('a port in use is said in a sentence, and PostgreSQL is stopped again', async () => {
    const graph = await start();
    const second = await runProcess({
      script: 'gateway/all-in-one.ts',
      until: /is in use/,
      env: { DATA_DIR: dataDir, PORT: String(graph.port) },
    });
    expect(second.output()).toContain(`Port ${graph.port} is in use.`);
    expect(await second.stop()).not.toBe(0);
    expect((await ask(graph.port, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    await graph.stop();
  });

  test.runIf(isFull)(
    'kill -9 of PostgreSQL under load: coded errors within 2 s, back within 10 s, the process lives',
    async () => {
      const graph = await start();
      const personalId = /"personalId":"(\d+)"/.exec(graph.output())?.[1] ?? '';
      const answers: { ms: number; codes: readonly string[]; isWhole: boolean }[] = [];
      const token = tokenOf('nguyen-van-an');
      let isLoading = true;
      const client = async (): Promise<void> => {
        while (isLoading) {
          const startedMs = performance.now();
          const { data, errors = [] } = await ask(graph.port, profileQuery, { personalId }, token);
          const codes = errors.map((error) => error.extensions.code);
          answers.push({
            ms: performance.now() - startedMs,
            codes,
            isWhole: Boolean(data?.citizen?.fullName) && errors.length === 0,
          });
        }
      };
      const clients = Array.from({ length: 10 }, client);
      await waitFor(async () => (answers.length > 20 ? true : null), 20_000);
      process.kill(postmasterPid(), 'SIGKILL');
      await waitFor(async () => (answers.some((answer) => answer.codes.length > 0) ? true : null), 10_000);
      const seen = answers.length;
      await waitFor(async () => (answers.slice(seen).some((answer) => answer.isWhole) ? true : null), 10_000);
      isLoading = false;
      await Promise.all(clients);
      const codes = new Set(answers.flatMap((answer) => answer.codes));
      const expected = ['DATABASE_UNAVAILABLE', 'DATABASE_TIMEOUT', 'CONSENT_UNDECIDABLE'];
      expect([...codes].filter((code) => !expected.includes(code))).toEqual([]);
      expect(codes.size).toBeGreaterThan(0);
      expect(
        Math.max(...answers.filter((answer) => answer.codes.length > 0).map((answer) => answer.ms)),
      ).toBeLessThan(2000);
      expect(graph.child.exitCode).toBeNull();
      await graph.stop();
    },
  );
});

const keyText = (): string => randomBytes(32).toString('base64url');

/** The tests' issuer as a key server on this machine. */
async function serveTestKeys(): Promise<{ readonly uri: string; readonly close: () => void }> {
  const server = createServer((_, response) => void response.end(JSON.stringify(testJwks)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  };
}

test.runIf(isFull)('over HTTP: agencies in processes of their own behind npm run gateway', async () => {
  const own = mkdtempSync(join(tmpdir(), 'agency-'));
  const { startEmbedded } = await import('#db/embedded');
  const { prepareDatabases } = await import('../../subgraphs/load.ts');
  const server = await startEmbedded({ dataDir: own });
  const keys = await serveTestKeys();
  const running: RunningProcess[] = [];
  try {
    const urls = await prepareDatabases(server.adminUrl);
    const register = connectDatabase({ url: urls.get('consent') ?? '' });
    await registerTestClient(register).finally(() => register.close());
    const callerKeys = new Map(agencyNames.map((name) => [name, keyText()]));
    const registerKeys = Object.fromEntries(
      registerAskers.map((asker) => [registerKeyVariableOf(asker), keyText()]),
    );
    const ports = {
      consent: await findFreePort(),
      population: await findFreePort(),
      dependants: await findFreePort(),
    };
    const addressOf = (name: keyof typeof ports): string => `http://127.0.0.1:${ports[name]}/graphql`;
    const addresses = {
      REGISTER_URL: addressOf('consent'),
      AGENCY_POPULATION_URL: addressOf('population'),
      AGENCY_DEPENDANTS_URL: addressOf('dependants'),
    };
    for (const name of ['consent', 'population', 'dependants'] as const)
      running.push(
        await runProcess({
          script: 'subgraphs/main.ts',
          args: [name, '--port', String(ports[name])],
          until: /serves http:\/\/127\.0\.0\.1:(\d+)/,
          env: {
            DATABASE_URL: urls.get(name) ?? '',
            CALLER_KEY: callerKeys.get(name) ?? '',
            ...addresses,
            ...(name === 'consent'
              ? registerKeys
              : { REGISTER_KEY: registerKeys[registerKeyVariableOf(name)] ?? '' }),
          },
        }),
      );
    const env = {
      DATA_DIR: own,
      ISSUER: testIssuer,
      JWKS_URI: keys.uri,
      AUDIENCE: testAudience,
      ...addresses,
      GATEWAY_REGISTER_KEY: registerKeys['GATEWAY_REGISTER_KEY'] ?? '',
      ...Object.fromEntries([...callerKeys].map(([name, key]) => [callerKeyVariableOf(name), key])),
    };
    const gateway = await runProcess({ script: 'gateway/main.ts', until: /serves/, env });
    running.push(gateway);
    const unknown = 'query ($id: PersonalId!) { citizen(personalId: $id) { id } }';
    const variables = { id: '099000000000' };
    const token = await accessTokenOf(testOfficer, new Date());
    expect(await ask(gateway.port, unknown, variables, token)).toEqual({ data: { citizen: null } });
    expect((await ask(gateway.port, unknown, variables)).errors?.[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    for (const base of [`http://127.0.0.1:${gateway.port}`, `http://127.0.0.1:${ports.population}`])
      for (const path of ['/health/live', '/health/ready'])
        expect((await fetch(base + path)).status).toBe(200);
  } finally {
    keys.close();
    for (const each of running) expect(await each.stop('SIGTERM')).toBe(0);
    await server.stop();
    rmSync(own, { recursive: true, force: true });
  }
});
