import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { databaseNameOf } from '#db';
import { agencies, urlVariableOf } from '#schema';
import { passwordVariableOf } from '../subgraphs/config.ts';
import { makeEnv } from '../subgraphs/make-env.ts';
import { composeSchema, type ComposeFile, type ComposeService } from './support/compose-schema.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const readCompose = (text: string): ComposeFile => parse(text, { merge: true }) as ComposeFile;

const text = read('docker-compose.yml');
const compose = readCompose(text);
const validate = new Ajv({ allErrors: true, strictTuples: false, allowUnionTypes: true }).compile(
  composeSchema,
);

function findFaults(file: ComposeFile): string[] {
  validate(file);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const serviceOf = (name: string): ComposeService => {
  const service = compose.services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}.`);
  return service;
};
const variableOf = (service: string, name: string): string =>
  String(serviceOf(service).environment?.[name] ?? 'not set');
const required = (name: string): string => `\${${name}:?run npm run --silent env > .env}`;

describe('docker-compose.yml and the Compose specification', () => {
  it('keeps to the specification', () => {
    expect(findFaults(compose)).toEqual([]);
  });

  const faults: readonly (readonly [string, string, string])[] = [
    ['an unknown element', 'init: true', 'initialise: true'],
    ['an unknown condition', 'condition: service_healthy', 'condition: service_ready'],
    ['a test that is a sentence', 'test: [CMD, pg_isready', 'test: [pg_isready'],
    ['a time without unit', 'interval: 2s', 'interval: 2'],
    ['a port open to the world', "'127.0.0.1:4000:4000'", "'4000:4000'"],
    ['an unknown top-level element', 'networks:\n  #', 'nets:\n  #'],
    ['an unknown restart policy', 'restart: on-failure:3', 'restart: sometimes'],
  ];
  it.each(faults)('would notice %s', (_, from, to) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(findFaults(readCompose(broken))).not.toEqual([]);
  });

  it('names only networks, volumes and services that it has', () => {
    for (const { networks, volumes = [], depends_on = {} } of Object.values(compose.services)) {
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining([...networks]));
      const mounted = volumes.map((volume) => volume.split(':')[0]);
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(mounted));
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
    }
  });
});

describe('docker-compose.yml and schema/agencies.ts', () => {
  it('has PostgreSQL 18, the set-up, every agency and the gateway, and nothing else', () => {
    const names = ['postgres', 'setup', ...agencies.map(({ name }) => name), 'gateway'];
    expect(Object.keys(compose.services).sort()).toEqual([...names].sort());
    expect(serviceOf('postgres').image).toBe('postgres:18');
  });

  it.each(agencies)('$name runs alone, on its port, over its own database', ({ name, port }) => {
    const service = serviceOf(name);
    const database = databaseNameOf(name);
    const password = required(passwordVariableOf(name));
    expect(service.command).toEqual(['node', '--import', 'tsx', 'subgraphs/main.ts', name]);
    expect(service.environment).toEqual({
      HOST: '0.0.0.0',
      PORT: port,
      DATABASE_URL: `postgres://${database}:${password}@postgres:5432/${database}`,
    });
    expect(service.healthcheck?.test.join(' ')).toContain('/health/ready');
    expect(service.networks).toEqual(['inside']);
    expect(service.depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      setup: { condition: 'service_completed_successfully' },
    });
  });

  it.each(agencies)('the gateway waits for $name and knows its address', ({ name, port }) => {
    expect(variableOf('gateway', urlVariableOf(name))).toBe(`http://${name}:${port}/graphql`);
    expect(serviceOf('gateway').depends_on?.[name]).toEqual({ condition: 'service_healthy' });
  });

  it('the set-up is the administrator and gives every role its password', () => {
    expect(variableOf('setup', 'DATABASE_URL')).toBe(
      `postgres://postgres:${required('POSTGRES_PASSWORD')}@postgres:5432/postgres`,
    );
    for (const { name } of agencies) {
      const variable = passwordVariableOf(name);
      expect(variableOf('setup', variable)).toBe(required(variable));
    }
  });

  it('only the set-up and PostgreSQL know the administrator', () => {
    const knowing = Object.entries(compose.services).filter(([, service]) =>
      JSON.stringify(service.environment ?? {}).includes('POSTGRES_PASSWORD'),
    );
    expect(knowing.map(([name]) => name)).toEqual(['postgres', 'setup']);
  });
});

describe('docker-compose.yml and the world', () => {
  it('publishes one port, of the gateway, on the loopback address', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(published).toEqual(['gateway 127.0.0.1:4000:4000']);
  });

  it('lets nobody but the gateway out of the inner network', () => {
    expect(compose.networks['inside']).toEqual({ internal: true });
    const outside = Object.entries(compose.services).filter(([, { networks }]) =>
      networks.some((n) => n !== 'inside'),
    );
    expect(outside.map(([name]) => name)).toEqual(['gateway']);
  });

  it('holds no secret: every password is a variable that must be given', () => {
    const values = Object.values(compose.services).flatMap(({ environment = {} }) =>
      Object.entries(environment),
    );
    const secrets = values.flatMap(([name, value]) => {
      if (/PASSWORD|SECRET|TOKEN|KEY/.test(name)) return [String(value)];
      const inUrl = /:\/\/[^/:@\s]+:(.*)@[^@]*$/.exec(String(value))?.[1];
      return inUrl === undefined ? [] : [inUrl];
    });
    expect(secrets.length).toBeGreaterThan(2 * agencies.length);
    for (const secret of secrets) expect(secret).toMatch(/^\$\{[A-Z_]+_PASSWORD:\?[^}]+\}$/);
  });
});

describe('the .env', () => {
  const namesIn = (env: string): string[] => [...env.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const wanted = [...new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name = '']) => name))].sort();

  it('npm run env gives a password of its own to every required variable', () => {
    let count = 0;
    const env = makeEnv(() => `secret-${(count += 1)}`);
    expect(namesIn(env).sort()).toEqual(wanted);
    expect(new Set(env.match(/secret-\d+/g)).size).toBe(wanted.length);
  });

  it('.env.example names every variable and holds no password', () => {
    const example = read('.env.example');
    expect(namesIn(example)).toEqual(expect.arrayContaining(wanted));
    expect(example).not.toMatch(/PASSWORD=\S/);
    expect(namesIn(example).filter((name) => !text.includes(`\${${name}:`))).toEqual([]);
  });

  it('is never committed nor copied into the image', () => {
    expect(read('.gitignore').split('\n')).toContain('.env');
    expect(read('.dockerignore').split('\n')[0]).toBe('*');
    expect(read('.dockerignore')).not.toMatch(/^!\.env/m);
  });
});

describe('the image', () => {
  const dockerfile = read('Dockerfile');

  it('runs on a supported line of Node, not as root', () => {
    expect(dockerfile).toMatch(/^FROM node:24-slim$/m);
    expect(dockerfile.match(/^USER .*$/gm)).toEqual(['USER node']);
    expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('CMD'));
  });

  it('holds what the product needs, and everything it copies reaches the builder', () => {
    expect(dockerfile).toContain('npm ci --omit=dev');
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, list = '']) => list.split(' '));
    expect(copied).toEqual(
      expect.arrayContaining(['schema', 'db', 'subgraphs', 'gateway', 'package-lock.json']),
    );
    const admitted = read('.dockerignore').split('\n');
    for (const file of copied) expect(admitted).toContain(`!${file}`);
  });
});
