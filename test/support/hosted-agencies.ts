import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { bootstrapDatabases, connectDatabase, migrateDatabase } from '#db';
import { personaHouseholds, personas } from '#db/population';
import { migrationsFolderOf } from '#kit';
import {
  agencyNames,
  callerKeyVariableOf,
  callerTokenHeader,
  urlVariableOf,
  type AgencyName,
  type Caller,
  type MacKey,
} from '#schema';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { loadPopulation } from '../../subgraphs/load.ts';
import { loadAgency } from '../../subgraphs/registry.ts';
import { registerAskers, registerKeyVariableOf } from '../../subgraphs/variables.ts';
import { testAsOf, testNow } from './agency-under-test.ts';
import { findFreePort } from './running-graph.ts';

/** Agencies that are started as their processes are: the personas are in their databases. */
export const hostedNames = ['population', 'dependants', 'consent'] as const satisfies readonly AgencyName[];
export type HostedName = (typeof hostedNames)[number];

/** As `npm run env` makes them. */
const makeKey = (): string => randomBytes(32).toString('base64url');
export const keys: Readonly<Record<string, string>> = Object.fromEntries(
  [...agencyNames.map(callerKeyVariableOf), ...registerAskers.map(registerKeyVariableOf)].map((variable) => [
    variable,
    makeKey(),
  ]),
);
export const keyOf = (variable: string): MacKey => Buffer.from(keys[variable] ?? '', 'base64url');

/** The gateway's word for who asks. */
export const tokens = createCallerTokens({
  keyOf: (agency) => keyOf(callerKeyVariableOf(agency as AgencyName)),
  nowSeconds: () => testNow.getTime() / 1000,
});

/** Where the agencies are, and what their databases are. */
export interface HostedGround {
  readonly urlOf: (name: HostedName) => string;
  readonly portOf: (name: HostedName) => number;
  readonly originOf: (name: HostedName) => string;
  /** Writes into the database of an agency as its owner would, past everything of ours. */
  readonly write: (name: HostedName, statement: string, parameters: readonly string[]) => Promise<void>;
}

export async function prepareHosted(): Promise<HostedGround> {
  const suffix = randomUUID().slice(0, 8);
  const named = (name: HostedName): string => `t-${name}-${suffix}`;
  const made = await bootstrapDatabases(inject('adminUrl'), hostedNames.map(named));
  const urls = new Map<AgencyName, string>(hostedNames.map((name) => [name, made.get(named(name)) ?? '']));
  const ports = new Map<AgencyName, number>();
  for (const [name, url] of urls) {
    await migrateDatabase({ url, migrationsFolder: migrationsFolderOf(name) });
    ports.set(name, await findFreePort());
  }
  const agencies = await Promise.all(hostedNames.map(loadAgency));
  await loadPopulation({ urls, agencies, plan: { seed: 1, citizens: 0, asOf: testAsOf } });
  const urlOf = (name: HostedName): string => urls.get(name) ?? '';
  const portOf = (name: HostedName): number => ports.get(name) ?? 0;
  return {
    urlOf,
    portOf,
    originOf: (name) => `http://127.0.0.1:${portOf(name)}`,
    write: async (name, statement, parameters) => {
      const database = connectDatabase({ url: urlOf(name), poolSize: 1 });
      await database.sql.unsafe(statement, [...parameters]).finally(() => database.close());
    },
  };
}

/** What docker-compose.yml gives the process of an agency. */
export function environmentOf(
  name: HostedName,
  { urlOf, portOf, originOf }: HostedGround,
): Record<string, string> {
  const own = { DATABASE_URL: urlOf(name), PORT: String(portOf(name)) };
  const callerKey = { CALLER_KEY: keys[callerKeyVariableOf(name)] ?? '' };
  if (name !== 'consent') {
    const registerKey = keys[registerKeyVariableOf(name)] ?? '';
    return { ...own, ...callerKey, REGISTER_KEY: registerKey, REGISTER_URL: originOf('consent') };
  }
  const shared = registerAskers
    .map(registerKeyVariableOf)
    .map((variable) => [variable, keys[variable] ?? '']);
  const feeds = (['population', 'dependants'] as const).map((feed) => [
    urlVariableOf(feed),
    `${originOf(feed)}/graphql`,
  ]);
  return { ...own, ...callerKey, ...Object.fromEntries([...shared, ...feeds]) };
}

/** The opaque id of a persona. */
export function citizenIdOf(persona: string): string {
  const number = personas(testAsOf).find(({ name }) => name === persona)?.personalId;
  const people = personaHouseholds(testAsOf).flatMap(({ members }) => members.map(({ person }) => person));
  const found = people.find(({ identifiers }) => identifiers.some(({ value }) => value === number));
  if (!found) throw new Error(`There is no persona ${persona}.`);
  return found.citizenId;
}

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly data?: { readonly _entities: readonly ({ readonly fullName: string | null } | null)[] };
    readonly errors?: readonly { readonly extensions: { readonly code: string; readonly reason: string } }[];
    readonly extensions?: { readonly decisions: readonly unknown[] };
  };
}

/** Asks population for a name as the gateway would. */
export async function askName(url: string, subject: string, token: string | null): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== null && { [callerTokenHeader]: token }) },
    body: JSON.stringify({
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { fullName } } }',
      variables: { r: [{ __typename: 'Citizen', id: subject }] },
    }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
export const askNameAs = (url: string, caller: Caller, subject: string): Promise<Answer> =>
  askName(url, subject, tokens.sign('population', caller, randomUUID()));
export const reasonOf = ({ body }: Answer): string => body.errors?.[0]?.extensions.reason ?? 'none';

/**
 * Asks until the answer has the reason; fails when a question that began a second after the call, or later, still gets
 * the answer of before.
 */
export async function expectSoon(reason: string, before: string, ask: () => Promise<Answer>): Promise<void> {
  const startedMs = performance.now();
  for (;;) {
    const beganMs = performance.now() - startedMs;
    const seen = reasonOf(await ask());
    if (seen === reason) return;
    expect([beganMs > 1000, seen]).not.toEqual([true, before]);
    expect(beganMs).toBeLessThan(10_000);
    await turn();
  }
}
