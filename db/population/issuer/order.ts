import { registeredClients, type RegisteredClient } from '../catalogues/clients.ts';
import { uuidOf } from '../identity.ts';
import type { Day, Person } from '../person.ts';
import { personaHouseholds } from '../personas/index.ts';
import { maxTtlSeconds, type TokenOrder, type TokenPurpose } from './sign.ts';

export const roles = ['analyst', 'auditor', 'clinician', 'officer'] as const;

/** The client that citizens sign in with when no other is named. */
export const citizensClient = 'vneid';

/** A token as a person asks for it. */
export interface TokenRequest {
  /** Name of the citizen; of the acting officer when `app` is not the citizens' own. */
  readonly persona: string;
  /** Instead of the level of the persona's account. */
  readonly level?: 1 | 2;
  readonly app?: string;
  readonly purpose?: string;
  readonly caseNumber?: string;
  readonly reason?: string;
  readonly role?: (typeof roles)[number];
  readonly ttlSeconds?: number;
}

const listed = (names: readonly string[]): string => names.join(', ');

function findPersona(name: string, asOf: Day): Person {
  const people = personaHouseholds(asOf).flatMap(({ members }) => members.map(({ person }) => person));
  const found = people.find(({ persona }) => persona === name);
  if (found) return found;
  const names = people.flatMap(({ persona }) => persona ?? []);
  throw new RangeError(`No persona has this name. There are: ${listed(names)}.`);
}

function findClient(clientId: string): RegisteredClient {
  const found = registeredClients.find((each) => each.clientId === clientId);
  if (found) return found;
  const names = registeredClients.map((each) => each.clientId);
  throw new RangeError(`No app of this name is registered. There are: ${listed(names)}.`);
}

function findPurpose(client: RegisteredClient, request: TokenRequest): TokenPurpose {
  const registered = client.purposes.find(({ code }) => code === request.purpose);
  if (!registered) {
    const codes = client.purposes.map(({ code }) => code);
    throw new RangeError(`${client.clientId} needs --purpose, one of its registered: ${listed(codes)}.`);
  }
  return {
    purpose: registered.code,
    ...(registered.legalReference !== null && { legalReference: registered.legalReference }),
    ...(request.caseNumber !== undefined && { caseNumber: request.caseNumber }),
    ...(request.reason !== undefined && { justification: request.reason }),
  };
}

function findTtl(seconds = maxTtlSeconds): number {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= maxTtlSeconds) return seconds;
  throw new RangeError(`--ttl is a whole number of seconds from 1 to ${maxTtlSeconds}.`);
}

/** An officer's opaque id, the same for one persona and client; nobody's id as a citizen. */
export const officerIdOf = (persona: string, clientId: string): string =>
  uuidOf('officer', `${clientId}|${persona}`, 0);

/**
 * What the token says that was asked for: names, purposes and statutes as they are registered.
 * @param asOf day of the population
 * @throws RangeError with a sentence that lists what there is
 */
export function orderToken(request: TokenRequest, asOf: Day): TokenOrder {
  const { persona, level, app = citizensClient, role } = request;
  const person = findPersona(persona, asOf);
  const client = findClient(app);
  const isPurposeless = client.isFirstParty && request.purpose === undefined;
  if (isPurposeless && (request.caseNumber ?? request.reason) !== undefined)
    throw new RangeError('--case and --reason belong to a purpose: add --app and --purpose.');
  const assigned = role ?? (client.isFirstParty ? undefined : 'officer');
  return {
    sub: client.isFirstParty ? person.citizenId : officerIdOf(persona, client.clientId),
    clientId: client.clientId,
    level: level ?? person.account?.level ?? 0,
    ...(assigned && { roles: [assigned] }),
    ...(!isPurposeless && { purpose: findPurpose(client, request) }),
    ttlSeconds: findTtl(request.ttlSeconds),
  };
}
