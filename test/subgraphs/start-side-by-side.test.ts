import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsOverHttp, registerIssuer, type AgencyName, type Caller } from '#schema';
import { readAgencyConfig, readSharedConfig, type AgencyConfig } from '../../subgraphs/config.ts';
import type { RunningAgency } from '../../subgraphs/start-agency.ts';
import { startSideBySide } from '../../subgraphs/start-side-by-side.ts';
import { databaseUrlVariableOf, portVariableOf, registerKeyVariableOf } from '../../subgraphs/variables.ts';
import { testAsOf, testNow } from '../support/agency-under-test.ts';
import { citizenCaller } from '../support/callers.ts';
import {
  askName,
  askNameAs,
  citizenIdOf,
  environmentOf,
  expectSoon,
  hostedNames,
  keyOf,
  keys,
  prepareHosted,
  reasonOf,
  tokens,
  type HostedGround,
  type HostedName,
} from '../support/hosted-agencies.ts';

const clocks = { now: () => testNow, clockMs: () => performance.now() };
type Configs = ReadonlyMap<AgencyName, AgencyConfig>;

/** As one process of several agencies is told. */
function sharedConfigOf(names: readonly HostedName[], ground: HostedGround): Configs {
  const own = names.flatMap((name) => [
    [databaseUrlVariableOf(name), ground.urlOf(name)],
    [portVariableOf(name), String(ground.portOf(name))],
  ]);
  const elsewhere = hostedNames.map((name) => [
    `AGENCY_${name.toUpperCase()}_URL`,
    `${ground.originOf(name)}/graphql`,
  ]);
  const told = Object.fromEntries([...own, ...elsewhere]) as Record<string, string>;
  return readSharedConfig(names, { ...keys, ...told, REGISTER_URL: ground.originOf('consent') });
}

const aloneConfigOf = (name: HostedName, ground: HostedGround): Configs =>
  new Map([[name, readAgencyConfig(name, undefined, environmentOf(name, ground))]]);

/** How the agencies are laid out over processes. */
const layouts: readonly (readonly [string, (ground: HostedGround) => readonly Configs[]])[] = [
  ['all in one process', (ground) => [sharedConfigOf(hostedNames, ground)]],
  [
    'two beside each other, a feed of the register elsewhere',
    (ground) => [sharedConfigOf(['population', 'consent'], ground), aloneConfigOf('dependants', ground)],
  ],
  [
    'two beside each other, the register elsewhere',
    (ground) => [sharedConfigOf(['population', 'dependants'], ground), aloneConfigOf('consent', ground)],
  ],
];

describe.each(layouts)('%s', (_, configsOf) => {
  let ground: HostedGround;
  let running: readonly RunningAgency[] = [];
  const an = citizenIdOf('nguyen-van-an');
  const urlOf = (name: AgencyName): string => running.find((agency) => agency.name === name)?.url ?? '';
  const askAs = (caller: Caller, subject: string) => askNameAs(urlOf('population'), caller, subject);

  beforeAll(async () => {
    ground = await prepareHosted();
    running = (
      await Promise.all(configsOf(ground).map((configs) => startSideBySide(configs, clocks)))
    ).flat();
    const stranger = citizenIdOf('stranger');
    await expectSoon('none', 'nothing', () => askAs(citizenCaller(stranger), stranger));
  });
  afterAll(() => Promise.all(running.map((agency) => agency.stop())));

  it('each answers at its own place, to whom the register allows it', async () => {
    expect(running.map(({ name }) => name).sort()).toEqual([...hostedNames].sort());
    const own = await askAs(citizenCaller(an), an);
    expect([own.status, reasonOf(own)]).toEqual([200, 'none']);
    expect(own.body.data?._entities[0]?.fullName).toBeTruthy();
    const stranger = await askAs(citizenCaller(citizenIdOf('stranger')), an);
    expect([reasonOf(stranger), stranger.body.data?._entities]).toEqual(['NO_CONSENT', [{ fullName: null }]]);
  });

  it('each believes only tokens made for itself', async () => {
    for (const other of ['dependants', 'consent']) {
      const answer = await askName(urlOf('population'), an, tokens.sign(other, citizenCaller(an), 'o'));
      expect([other, answer.status]).toEqual([other, 401]);
    }
  });

  it('a locked account and a lost custody bind within a second', async () => {
    const askOwn = () => askAs(citizenCaller(an), an);
    const lock = 'update citizens set account_state = $1 where citizen_id = $2';
    await ground.write('population', lock, ['LOCKED', an]);
    await expectSoon('SUBJECT_LOCKED', 'none', askOwn);
    const [mother, child] = [citizenIdOf('separated-mother'), citizenIdOf('child-of-separated')];
    const askChild = () => askAs(citizenCaller(mother), child);
    expect(reasonOf(await askChild())).toBe('none');
    const end = 'update dependants set valid_to = $1 where citizen_id = $2 and dependant_id = $3';
    await ground.write('dependants', end, [testAsOf, mother, child]);
    await expectSoon('NOT_REPRESENTATIVE', 'none', askChild);
  });
});

describe('a process of several agencies', () => {
  it('lets nobody ask its register in the name of an agency beside it', async () => {
    const ground = await prepareHosted();
    const running = await startSideBySide(sharedConfigOf(['population', 'consent'], ground), clocks);
    const read = (issuer: string) =>
      factsOverHttp({
        url: ground.originOf('consent'),
        key: keyOf(registerKeyVariableOf(issuer as 'population')),
        issuer,
        now: clocks.now,
        timeoutMs: 5000,
      }).read([{ subject: citizenIdOf('stranger'), clientId: 'vneid', purpose: null, callerId: 'nobody' }]);
    await expect(read('population')).rejects.toThrow('status 401');
    await expect(read('residence')).resolves.toHaveLength(1);
    await Promise.all(running.map((agency) => agency.stop()));
  });

  it('leaves nothing running when one of them finds its port taken', async () => {
    const ground = await prepareHosted();
    const alone = await startSideBySide(aloneConfigOf('dependants', ground), clocks);
    const shared = sharedConfigOf(hostedNames, ground);
    await expect(startSideBySide(shared, clocks)).rejects.toThrow('EADDRINUSE');
    await Promise.all(alone.map((agency) => agency.stop()));
    const running = await startSideBySide(shared, clocks);
    expect(running.map(({ name }) => name)).toContain(registerIssuer);
    await Promise.all(running.map((agency) => agency.stop()));
  });
});
