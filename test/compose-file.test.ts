import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { databaseNameOf } from '#db';
import { agencies, callerKeyVariableOf, urlVariableOf } from '#schema';
import { readAgencyConfig } from '../subgraphs/config.ts';
import { makeEnv } from '../subgraphs/make-env.ts';
import { passwordVariableOf, registerKeyVariableOf } from '../subgraphs/variables.ts';
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
type Entry = (typeof agencies)[number];
type Other = Exclude<Entry, { readonly name: 'consent' }>;
const others = agencies.filter((agency: Entry): agency is Other => agency.name !== 'consent');
const registerKeys = [...others.map(({ name }) => registerKeyVariableOf(name)), 'GATEWAY_REGISTER_KEY'];
const registerUrl = 'http://consent:4108';

describe('docker-compose.yml and the Compose specification', () => {
  it('keeps to the specification', () => {
    expect(findFaults(compose)).toEqual([]);
  });

  const faults: readonly (readonly [string, string, string])[] = [
    ['an unknown element', 'init: true', 'initialise: true'],
    ['an unknown condition', 'condition: service_healthy', 'condition: service_ready'],
    ['a test that is a sentence', 'test: [CMD, pg_isready', 'test: [pg_isready'],
    ['a time without unit', 'interval: 2s', 'interval: 2'],
    ['a port open to the world', "'${GATEWAY_ADDRESS:-127.0.0.1}:4000:4000'", "'4000:4000'"],
    ['a port open unless told otherwise', '${GATEWAY_ADDRESS:-127.0.0.1}:', '${GATEWAY_ADDRESS:-0.0.0.0}:'],
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
    expect(service.command).toEqual(['node', '--import', './.node/register.mjs', 'subgraphs/main.ts', name]);
    expect(service.environment).toMatchObject({
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

/** What stands in for the variables of a service: what `npm run env` makes, else the default. */
const secrets = new Map(
  [...makeEnv(() => randomBytes(32).toString('base64url')).matchAll(/^([A-Z_]+)=(.+)$/gm)].map(
    ([, name = '', value = '']) => [name, value],
  ),
);
const given = new Map([
  ...secrets,
  ['ISSUER', 'https://issuer.example'],
  ['JWKS_URI', 'https://issuer.example/keys'],
]);
/** The environment that the process of a service gets to see. */
function environmentOf(name: string, values: ReadonlyMap<string, string> = given): Record<string, string> {
  const fill = (text: string): string =>
    text.replace(
      /\$\{([A-Z_]+):[-?]([^}]*)\}/g,
      (_, variable: string, rest: string) => values.get(variable) ?? rest,
    );
  const entries = Object.entries(serviceOf(name).environment ?? {});
  return Object.fromEntries(entries.map(([variable, value]) => [variable, fill(String(value))]));
}
/** Names in a service's environment that hold a key. */
const keysOf = (name: string): string[] =>
  Object.keys(serviceOf(name).environment ?? {}).filter((variable) => variable.endsWith('_KEY'));
/** What of the `.env` reaches a service. */
const secretsOf = (name: string): string[] =>
  [...JSON.stringify(serviceOf(name).environment ?? {}).matchAll(/\$\{([A-Z_]+):/g)]
    .map(([, variable = '']) => variable)
    .filter((variable) => /_(KEY|PASSWORD)$/.test(variable));

describe('keys', () => {
  it.each(others)('$name holds its own two, and asks the register', ({ name }) => {
    expect(variableOf(name, 'CALLER_KEY')).toBe(required(callerKeyVariableOf(name)));
    expect(variableOf(name, 'REGISTER_KEY')).toBe(required(registerKeyVariableOf(name)));
    expect(variableOf(name, 'REGISTER_URL')).toBe(registerUrl);
    expect(secretsOf(name)).toEqual([
      passwordVariableOf(name),
      callerKeyVariableOf(name),
      registerKeyVariableOf(name),
    ]);
  });

  it('the register holds its own and what it shares with each that asks it', () => {
    expect(variableOf('consent', 'CALLER_KEY')).toBe(required('CONSENT_CALLER_KEY'));
    for (const name of registerKeys) expect(variableOf('consent', name)).toBe(required(name));
    expect(secretsOf('consent')).toEqual(['CONSENT_DB_PASSWORD', 'CONSENT_CALLER_KEY', ...registerKeys]);
    expect(keysOf('consent')).toEqual(['CALLER_KEY', ...registerKeys]);
  });

  it("the gateway holds every agency's caller key and its own of the register", () => {
    const callerKeys = agencies.map(({ name }) => callerKeyVariableOf(name));
    for (const name of [...callerKeys, 'GATEWAY_REGISTER_KEY'])
      expect(variableOf('gateway', name)).toBe(required(name));
    expect(variableOf('gateway', 'REGISTER_URL')).toBe(registerUrl);
    expect(secretsOf('gateway').sort()).toEqual([...callerKeys, 'GATEWAY_REGISTER_KEY'].sort());
  });

  it('nothing else holds any', () => {
    const known = [...agencies.map(({ name }) => name as string), 'gateway'];
    const rest = Object.keys(compose.services).filter((name) => !known.includes(name));
    expect(rest.flatMap(keysOf)).toEqual([]);
  });

  it('a caller key is shared by two, and so is a register key: nobody can speak as another', () => {
    for (const name of [...secrets.keys()].filter((variable) => variable.endsWith('_KEY'))) {
      const holders = Object.keys(compose.services).filter((service) => secretsOf(service).includes(name));
      expect([name, holders.length]).toEqual([name, 2]);
    }
  });
});

describe('docker-compose.yml and the config of each process', () => {
  it.each(agencies)('$name finds everything it reads, and needs all of it', ({ name, port }) => {
    const environment = environmentOf(name);
    expect(readAgencyConfig(name, undefined, environment)).toMatchObject({ host: '0.0.0.0', port });
    for (const variable of Object.keys(environment).filter((each) => !['HOST', 'PORT'].includes(each))) {
      const { [variable]: _, ...without } = environment;
      expect(() => readAgencyConfig(name, undefined, without)).toThrow(
        `The environment variable ${variable} `,
      );
    }
  });

  it('an agency and the register agree on their key and their addresses', () => {
    const register = readAgencyConfig('consent', undefined, environmentOf('consent')).register;
    if (register.place !== 'HERE') throw new Error('The register is not where it should be.');
    for (const { name } of others) {
      const { register: elsewhere } = readAgencyConfig(name, undefined, environmentOf(name));
      expect(elsewhere).toEqual({
        place: 'ELSEWHERE',
        peer: { url: registerUrl, key: register.keys.get(name) },
      });
    }
    expect(register.feeds).toEqual({
      population: { url: 'http://population:4100/graphql', key: register.keys.get('population') },
      dependants: { url: 'http://dependants:4103/graphql', key: register.keys.get('dependants') },
    });
  });

  /** What the gateway is, started with these variables. */
  async function readGateway(environment: Readonly<Record<string, string>>) {
    const { readConfig } = await import('../gateway/config.ts');
    const { openIssuer, openRemoteAccess } = await import('../gateway/remote-access.ts');
    const clocks = { now: () => new Date(0), clockMs: () => 0 };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    try {
      const config = readConfig([]);
      return { config, opened: [openRemoteAccess(config, clocks), openIssuer(config, clocks, () => {})] };
    } finally {
      vi.unstubAllEnvs();
    }
  }

  it('the gateway finds everything it reads, and its defaults are those of the config', async () => {
    const { readConfig } = await import('../gateway/config.ts');
    const { config, opened } = await readGateway(environmentOf('gateway'));
    const alone = readConfig([]);
    expect(opened).toHaveLength(2);
    expect(config.tokens).toEqual({
      ...alone.tokens,
      issuer: { name: 'https://issuer.example', jwksUri: 'https://issuer.example/keys' },
    });
    expect(config.subjectBudgetPerMinute).toBe(alone.subjectBudgetPerMinute);
    expect(config).toMatchObject({ host: '0.0.0.0', port: 4000, isDevelopment: true });
  });

  it.each([...keysOf('gateway'), 'REGISTER_URL', 'ISSUER', 'JWKS_URI'])(
    'the gateway does not start without %s, and says so',
    async (name) => {
      const { [name]: _, ...without } = environmentOf('gateway');
      await expect(readGateway(without)).rejects.toThrow(name);
    },
  );

  it.each(['ISSUER', 'JWKS_URI', 'AUDIENCE'])('the stack does not start without %s', (name) => {
    expect(variableOf('gateway', name)).toMatch(
      new RegExp(`^\\$\\{${name}:\\?set ${name} in \\.env [^}]+\\}$`),
    );
  });
});

describe('docker-compose.yml and the world', () => {
  it('publishes one port, of the gateway, on the loopback address unless told otherwise', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(published).toEqual(['gateway ${GATEWAY_ADDRESS:-127.0.0.1}:4000:4000']);
  });

  it('lets nobody but the gateway out of the inner network', () => {
    expect(compose.networks['inside']).toEqual({ internal: true });
    const outside = Object.entries(compose.services).filter(([, { networks }]) =>
      networks.some((n) => n !== 'inside'),
    );
    expect(outside.map(([name]) => name)).toEqual(['gateway']);
  });

  it('holds no secret: every password and key is a variable that must be given', () => {
    const values = Object.values(compose.services).flatMap(({ environment = {} }) =>
      Object.entries(environment),
    );
    const secrets = values.flatMap(([name, value]) => {
      if (/(PASSWORD|SECRET|KEY)$/.test(name)) return [String(value)];
      const inUrl = /:\/\/[^/:@\s]+:(.*)@[^@]*$/.exec(String(value))?.[1];
      return inUrl === undefined ? [] : [inUrl];
    });
    expect(secrets.length).toBeGreaterThan(6 * agencies.length);
    for (const secret of secrets) expect(secret).toMatch(/^\$\{[A-Z_]+_(PASSWORD|KEY):\?[^}]+\}$/);
  });
});

describe('the .env', () => {
  const namesIn = (env: string): string[] => [...env.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const wanted = [...new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name = '']) => name))].sort();

  it('npm run env makes a secret of its own for every password and key, and leaves the issuer to be named', () => {
    let count = 0;
    const env = makeEnv(() => `secret-${(count += 1)}`);
    expect(namesIn(env).sort()).toEqual(wanted);
    const made = [...env.matchAll(/^([A-Z_]+)=(secret-\d+)$/gm)];
    expect(new Set(made.map(([, , secret]) => secret)).size).toBe(made.length);
    const rest = wanted.filter((name) => !made.some(([, each]) => each === name));
    expect(rest).toEqual(['AUDIENCE', 'ISSUER', 'JWKS_URI']);
    expect(env).toMatch(/^ISSUER=\nJWKS_URI=\nAUDIENCE=citizen-data-graph$/m);
  });

  it('npm run env prints keys of 32 bytes', () => {
    const script = fileURLToPath(new URL('../subgraphs/make-env.ts', import.meta.url));
    const env = execFileSync(process.execPath, ['--import', './.node/register.mjs', script], {
      encoding: 'utf8',
    });
    const keys = [...env.matchAll(/^[A-Z_]+_(?:KEY|PASSWORD)=([\w-]+)$/gm)].map(([, key = '']) => key);
    expect(keys.length).toBe(secrets.size - 1);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(Buffer.from(key, 'base64url').length).toBe(32);
  });

  it('.env.example names every variable and holds no password or key', () => {
    const example = read('.env.example');
    expect(namesIn(example)).toEqual(expect.arrayContaining(wanted));
    expect(new Set(namesIn(example)).size).toBe(namesIn(example).length);
    expect(example).not.toMatch(/(PASSWORD|KEY)=\S/);
    expect(namesIn(example).filter((name) => !text.includes(`\${${name}:`))).toEqual([]);
    const optional = [...text.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)];
    for (const [, name, value] of optional) expect(example).toContain(`\n${name}=${value}\n`);
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
