import { agencyNames, urlVariableOf, type AgencyName } from '#schema';
import { databaseUrlVariableOf, portVariableOf } from '../subgraphs/variables.ts';
import type { Launch, Layout } from './config.ts';
import { makeKeys, type StackKeys } from './keys.ts';
import {
  productFlags,
  endServer,
  findFreePort,
  pidsOf,
  startAll,
  startServer,
  type Server,
} from './servers.ts';

/** What serves the profile query over the citizens in one measurement. */
export interface Stack {
  readonly name: string;
  readonly origin: string;
  readonly gateway: readonly Server[];
  /** Empty when they run in the gateway's process. */
  readonly agencies: readonly Server[];
}

/** What the stacks stand on. */
export interface CitizenGround {
  readonly adminUrl: string;
  readonly urls: ReadonlyMap<AgencyName, string>;
  /** Whose tokens the gateways believe. */
  readonly issuer: Readonly<Record<string, string>>;
  readonly launch: Launch;
}

/** The product in one of its layouts, as it is or as it would be without access control. */
export interface StackOrder {
  readonly layout: Layout;
  readonly isEnforced: boolean;
  /** Over HTTP: whether calls of different requests to one agency share a way; default yes. */
  readonly isTogether?: boolean;
}

type Variables = Readonly<Record<string, string>>;

const readyPath = '/health/ready';

/** The load comes from one client, which asks about more people than any app may. */
const forAll = { SUBJECT_BUDGET_PER_MINUTE: '1000000000', LOG_LEVEL: 'error' };

export const groupsOf = ({ gateway, agencies }: Stack) => ({
  gateway: pidsOf(gateway),
  agencies: pidsOf(agencies),
});

/** Gateway and agencies in one process. */
async function startInOneProcess(ground: CitizenGround, isEnforced: boolean): Promise<Stack> {
  const script = isEnforced ? 'gateway/all-in-one.ts' : 'bench/bare/one-process.ts';
  const server = await startServer({
    args: [...productFlags, script],
    variables: { ...forAll, DATABASE_URL: ground.adminUrl, ...ground.issuer },
    readyPath,
    launch: ground.launch,
  });
  return { name: 'one process', origin: server.origin, gateway: [server], agencies: [] };
}

type Ports = ReadonlyMap<AgencyName, number>;

/** Where each agency will be, as the others are told. */
async function drawAddresses(): Promise<{ readonly ports: Ports; readonly shared: Variables }> {
  const ports = new Map<AgencyName, number>();
  for (const name of agencyNames) ports.set(name, await findFreePort());
  const originOf = (name: AgencyName): string => `http://127.0.0.1:${ports.get(name) ?? 0}`;
  const addresses = agencyNames.map((name) => [urlVariableOf(name), `${originOf(name)}/graphql`]);
  return { ports, shared: { ...Object.fromEntries(addresses), REGISTER_URL: originOf('consent') } };
}

/** What the agencies of a stack over HTTP are told. */
interface AgenciesOrder {
  readonly ground: CitizenGround;
  readonly script: string;
  readonly keys: StackKeys;
  readonly ports: Ports;
  readonly shared: Variables;
}

/** Each agency in a process of its own. */
function startEach({ ground, script, keys, ports, shared }: AgenciesOrder): Promise<readonly Server[]> {
  const { urls, launch } = ground;
  const start = (name: AgencyName): Promise<Server> =>
    startServer({
      args: [...productFlags, script, name],
      variables: { ...forAll, ...shared, ...keys.ofAgency(name), DATABASE_URL: urls.get(name) ?? '' },
      readyPath,
      launch,
      port: ports.get(name) ?? 0,
    });
  return startAll(agencyNames.map(start), endServer);
}

/** All agencies in one process. */
async function startSideBySide(order: AgenciesOrder): Promise<readonly Server[]> {
  const { ground, script, keys, ports, shared } = order;
  const own = agencyNames.flatMap((name) => [
    [databaseUrlVariableOf(name), ground.urls.get(name) ?? ''],
    [portVariableOf(name), String(ports.get(name))],
  ]);
  const server = await startServer({
    args: [...productFlags, script, ...agencyNames],
    variables: { ...forAll, ...shared, ...keys.ofGateway, ...Object.fromEntries(own) },
    readyPath,
    launch: ground.launch,
    port: ports.get('consent') ?? 0,
  });
  return [server];
}

/** The gateway in a process of its own, before agencies over HTTP. */
async function startOverHttp(ground: CitizenGround, order: StackOrder): Promise<Stack> {
  const { layout: name, isEnforced, isTogether = true } = order;
  const script = isEnforced ? 'subgraphs/main.ts' : 'bench/bare/agency.ts';
  const keys = makeKeys();
  const { ports, shared } = await drawAddresses();
  const startAgencies = name === 'two processes' ? startSideBySide : startEach;
  const agencies = await startAgencies({ ground, script, keys, ports, shared });
  const gateway = await startServer({
    args: [...productFlags, isEnforced ? 'gateway/main.ts' : 'bench/bare/gateway.ts'],
    variables: {
      ...forAll,
      ...shared,
      ...keys.ofGateway,
      ...ground.issuer,
      CALLS_TOGETHER: String(isTogether),
    },
    readyPath,
    launch: ground.launch,
  }).catch(async (error: unknown) => {
    await Promise.all(agencies.map(endServer));
    throw error;
  });
  return { name, origin: gateway.origin, gateway: [gateway], agencies };
}

/** Starts one stack: the product as it is, or the same without access control. */
export function startStack(order: StackOrder, ground: CitizenGround): Promise<Stack> {
  return order.layout === 'one process'
    ? startInOneProcess(ground, order.isEnforced)
    : startOverHttp(ground, order);
}

/** Ends the stack's processes and waits for them. */
export async function stopStack({ gateway, agencies }: Stack): Promise<void> {
  await Promise.all([...gateway, ...agencies].map(endServer));
}
