import { describe, expect, it } from 'vitest';
import type { AgencyName } from '#schema';
import { readAgencyConfig, readSharedConfig } from '../../subgraphs/config.ts';
import { registerAskers, registerKeyVariableOf } from '../../subgraphs/variables.ts';

const key = Buffer.alloc(32, 1).toString('base64url');
const residence = {
  DATABASE_URL: 'postgres://residence:secret@localhost/residence',
  CALLER_KEY: key,
  REGISTER_KEY: key,
  REGISTER_URL: 'http://127.0.0.1:4108',
};
const consent = {
  DATABASE_URL: 'postgres://consent:secret@localhost/consent',
  CALLER_KEY: key,
  ...Object.fromEntries(registerAskers.map((asker) => [registerKeyVariableOf(asker), key])),
  AGENCY_POPULATION_URL: 'http://127.0.0.1:4100/graphql',
  AGENCY_DEPENDANTS_URL: 'http://127.0.0.1:4103/graphql',
};
const complaintOf = (name: AgencyName, variables: Readonly<Record<string, string>>): string => {
  try {
    readAgencyConfig(name, undefined, variables);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe("the environment of an agency's process", () => {
  it('is read with its keys as bytes', () => {
    expect(readAgencyConfig('residence', undefined, residence)).toEqual({
      databaseUrl: residence.DATABASE_URL,
      host: '127.0.0.1',
      port: undefined,
      callerKey: Buffer.alloc(32, 1),
      register: { place: 'ELSEWHERE', peer: { url: 'http://127.0.0.1:4108', key: Buffer.alloc(32, 1) } },
    });
    const { register } = readAgencyConfig('consent', undefined, consent);
    expect(register.place === 'HERE' && [...register.keys.keys()]).toEqual(registerAskers);
  });

  it('takes the port of the command line before that of the environment', () => {
    const variables = { ...residence, PORT: '4999' };
    expect(readAgencyConfig('residence', undefined, variables).port).toBe(4999);
    expect(readAgencyConfig('residence', '5000', variables).port).toBe(5000);
  });

  const faults: readonly (readonly [AgencyName, Readonly<Record<string, string>>, string])[] = [
    ['residence', { DATABASE_URL: '' }, 'DATABASE_URL must be a postgres:// URL.'],
    ['residence', { DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL must be a postgres:// URL.'],
    ['residence', { REGISTER_URL: '' }, 'REGISTER_URL is missing: the base URL of the agency consent.'],
    ['residence', { REGISTER_URL: 'consent:4108' }, 'REGISTER_URL must be an http:// or https:// URL.'],
    ['residence', { CALLER_KEY: 'short' }, 'CALLER_KEY is missing or is not base64url of at least 32 bytes.'],
    ['residence', { REGISTER_KEY: '' }, 'REGISTER_KEY is missing or is not base64url of at least 32 bytes.'],
    ['residence', { PORT: '70000' }, 'PORT must be a port, 0 to 65535.'],
    ['residence', { PORT: 'http' }, 'PORT must be a port, 0 to 65535.'],
    [
      'consent',
      { RESIDENCE_REGISTER_KEY: '' },
      'RESIDENCE_REGISTER_KEY is missing or is not base64url of at least 32 bytes.',
    ],
    [
      'consent',
      { AGENCY_DEPENDANTS_URL: '' },
      'AGENCY_DEPENDANTS_URL is missing: where the agency dependants serves /graphql.',
    ],
  ];
  it.each(faults)('of %s with %o is refused in a sentence', (name, fault, sentence) => {
    const complaint = complaintOf(name, { ...(name === 'consent' ? consent : residence), ...fault });
    expect(complaint).toBe(`The environment variable ${sentence}`);
  });

  it('is never repeated', () => {
    const variables = { ...residence, REGISTER_URL: 'ftp://host.internal', CALLER_KEY: 'aSecretTooShort' };
    expect(complaintOf('residence', variables)).not.toMatch(/aSecret|host\.internal/);
  });
});

describe('the environment of a process that agencies share', () => {
  const variables = {
    RESIDENCE_DATABASE_URL: residence.DATABASE_URL,
    RESIDENCE_CALLER_KEY: key,
    RESIDENCE_PORT: '5001',
    CONSENT_DATABASE_URL: consent.DATABASE_URL,
    CONSENT_CALLER_KEY: Buffer.alloc(32, 2).toString('base64url'),
    ...Object.fromEntries(
      registerAskers
        .filter((asker) => asker !== 'residence')
        .map((asker) => [registerKeyVariableOf(asker), key]),
    ),
    AGENCY_POPULATION_URL: consent.AGENCY_POPULATION_URL,
    AGENCY_DEPENDANTS_URL: consent.AGENCY_DEPENDANTS_URL,
  };
  const complaint = (names: readonly AgencyName[], given: Readonly<Record<string, string>>): string => {
    try {
      readSharedConfig(names, given);
      return 'none';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('holds the variables of each under its name, and no key between those beside each other', () => {
    const read = readSharedConfig(['residence', 'consent'], variables);
    expect(read.get('residence')).toEqual({
      databaseUrl: residence.DATABASE_URL,
      host: '127.0.0.1',
      port: 5001,
      callerKey: Buffer.alloc(32, 1),
      register: { place: 'BESIDE' },
    });
    const register = read.get('consent')?.register;
    expect(read.get('consent')).toMatchObject({ port: undefined, callerKey: Buffer.alloc(32, 2) });
    const keys = register?.place === 'HERE' ? [...register.keys.keys()] : [];
    expect(keys).toEqual(registerAskers.filter((asker) => asker !== 'residence'));
  });

  it("names the agencies' own variables in its complaints", () => {
    const without = (variable: string) => ({ ...variables, [variable]: '' });
    const both: readonly AgencyName[] = ['residence', 'consent'];
    const of = (sentence: string): string => `The environment variable ${sentence}`;
    const noKey = 'is missing or is not base64url of at least 32 bytes.';
    expect([
      complaint(both, without('RESIDENCE_CALLER_KEY')),
      complaint(both, without('VEHICLES_REGISTER_KEY')),
      complaint(['residence'], { ...variables, REGISTER_URL: residence.REGISTER_URL }),
      complaint(both, without('CONSENT_DATABASE_URL')),
      complaint(both, { ...variables, CONSENT_PORT: 'x' }),
    ]).toEqual([
      of(`RESIDENCE_CALLER_KEY ${noKey}`),
      of(`VEHICLES_REGISTER_KEY ${noKey}`),
      of(`RESIDENCE_REGISTER_KEY ${noKey}`),
      of('CONSENT_DATABASE_URL must be a postgres:// URL.'),
      of('CONSENT_PORT must be a port, 0 to 65535.'),
    ]);
  });
});
