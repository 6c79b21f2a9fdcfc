import { randomBytes, randomUUID } from 'node:crypto';
import {
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { createFactsReader, startAgencyService, type Agency, type AgencyService } from '#kit';
import {
  guardsOf,
  readMarks,
  scopeNames,
  typeDefsOf,
  type Caller,
  type ClientFacts,
  type Facts,
  type FactsSource,
  type MarkScope,
  type Need,
  type RefusalCode,
  type Scope,
} from '#schema';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { anonymous, appCaller, citizenCaller } from './callers.ts';

/** A way to ask for a coordinate: the document that does, and where the answer is. */
interface Way {
  readonly name: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly path: readonly (string | number)[];
}

interface Refused {
  readonly who: string;
  readonly caller: Caller;
  readonly code: RefusalCode;
}

const subject = '11111111-1111-4111-8111-111111111111';
const stranger = '22222222-2222-4222-8222-222222222222';
const knownNumber = '099085990101';
const now = new Date('2026-11-01T12:00:00+07:00');

const person = (citizenId: string): Facts['subject'] => ({
  citizenId,
  bornOn: '1985-05-05',
  lifeStatus: 'ALIVE',
  account: { level: 2, state: 'ACTIVE' },
});

/** Clients by id: what their one purpose rests on and covers. */
const purposes: Readonly<Record<string, (scope: Scope | null) => ClientFacts['purpose']>> = {
  vneid: () => null,
  consented: () => ({ code: 'p', scopes: scopeNames, legalBasis: 'CONSENT', legalReference: null }),
  elsewhere: (scope) => {
    const scopes = scopeNames.filter((each) => each !== scope);
    return { code: 'p', scopes, legalBasis: 'STATUTE', legalReference: 'law' };
  },
  statute: () => ({ code: 'p', scopes: scopeNames, legalBasis: 'STATUTE', legalReference: 'law' }),
};

const isData = (scope: MarkScope): scope is Scope => scopeNames.some((name) => name === scope);

/** A register in which everybody is an adult with an account, and nobody gave a grant to anybody. */
function createRegister(scope: MarkScope): FactsSource {
  const clientOf = (clientId: string): ClientFacts | null => {
    const purpose = purposes[clientId];
    return purpose
      ? { clientId, isFirstParty: clientId === 'vneid', purpose: purpose(isData(scope) ? scope : null) }
      : null;
  };
  return {
    read: async (keys) =>
      keys.map((key) => ({
        client: clientOf(key.clientId),
        subject: person(key.subject),
        links: [],
        grants: [],
        emergencies: [],
        isFresh: { population: true, dependants: true },
        dependants: [],
        ageMs: 0,
      })),
    claim: async () => false,
    readClient: async (clientId) => clientOf(clientId),
  };
}

const law = { legalReference: 'law', caseNumber: 'C-1' } as const;
const analyst: Caller = { ...citizenCaller(stranger), roles: ['analyst'] };
const auditor: Caller = { ...citizenCaller(stranger), roles: ['auditor'] };
const nobody: Refused = { who: 'nobody', caller: anonymous, code: 'UNAUTHENTICATED' };
const unregistered: Refused = {
  who: 'an unknown client',
  caller: appCaller('ghost', 'p'),
  code: 'FORBIDDEN',
};
const byAnalyst: Refused = { who: 'an analyst', caller: analyst, code: 'FORBIDDEN' };
const otherPurpose: Refused = {
  who: 'an app for an unregistered purpose',
  caller: appCaller('consented', 'other'),
  code: 'FORBIDDEN',
};

/** Who must be refused, whatever the coordinate, and with which code. */
function listRefused({ scope, minLevel }: Need): Refused[] {
  const common = [nobody, unregistered, byAnalyst];
  if (scope === 'REGISTER_AUDIT')
    return [
      nobody,
      unregistered,
      { ...byAnalyst, who: 'a citizen', caller: citizenCaller(stranger) },
      byAnalyst,
    ];
  const level: Refused = {
    who: 'a citizen at level 1',
    caller: citizenCaller(subject, 1),
    code: 'LEVEL_TOO_LOW',
  };
  const withLevel = minLevel === 2 ? [...common, level] : common;
  const app: Refused = { who: 'an app', caller: appCaller('statute', 'p', law), code: 'FORBIDDEN' };
  if (scope === 'OWN_CONSENTS') return [...withLevel, app];
  const outside: Refused = {
    who: 'an app outside its purpose',
    caller: appCaller('elsewhere', 'p', law),
    code: 'FORBIDDEN',
  };
  return [
    ...withLevel,
    otherPurpose,
    { who: 'a stranger', caller: citizenCaller(stranger), code: 'CONSENT_REQUIRED' },
    { who: 'an app without a grant', caller: appCaller('consented', 'p'), code: 'CONSENT_REQUIRED' },
    { who: 'an app without a case', caller: appCaller('statute', 'p'), code: 'FORBIDDEN' },
    ...(isData(scope) ? [outside] : []),
  ];
}

/** Who must be let in, so that a resolver that never runs at all does not pass for a guarded one. */
function admittedOf({ scope }: Need): Caller {
  if (scope === 'REGISTER_AUDIT') return auditor;
  return scope === 'OWN_CONSENTS' ? citizenCaller(subject) : appCaller('statute', 'p', law);
}

function literalOf({ name, type }: GraphQLArgument): string {
  if (name === 'personalId') return `"${knownNumber}"`;
  if (name === 'personalIds') return `["${knownNumber}"]`;
  const named = getNamedType(type).name;
  const value = { Int: '1', Boolean: 'true', ID: `"${subject}"` }[named] ?? '"text"';
  const inner = isNonNullType(type) ? type.ofType : type;
  return isListType(inner) ? `[${value}]` : value;
}

function selectionOf(name: string, field: GraphQLField<unknown, unknown>, below?: string): string {
  const needed = field.args.filter(
    (argument) => isNonNullType(argument.type) && argument.defaultValue === undefined,
  );
  const args = needed.map((argument) => `${argument.name}: ${literalOf(argument)}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : ` { ${below ?? '__typename'} }`;
  return `${name}${args ? `(${args})` : ''}${selection}`;
}

const fieldOf = (schema: GraphQLSchema, coordinate: string): GraphQLField<unknown, unknown> => {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`There is no ${coordinate}.`);
  return field;
};

const rootsToCitizen = (
  schema: GraphQLSchema,
): readonly (readonly [string, GraphQLField<unknown, unknown>])[] =>
  Object.entries(schema.getQueryType()?.getFields() ?? {}).filter(
    ([, field]) => getNamedType(field.type).name === 'Citizen',
  );

function waysOf(schema: GraphQLSchema, coordinate: string): Way[] {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const field = fieldOf(schema, coordinate);
  if (typeName !== 'Citizen') {
    const head = typeName === 'Mutation' ? 'mutation ' : '';
    const document = `${head}{ ${selectionOf(fieldName, field)} }`;
    return [{ name: 'as a root field', document, variables: {}, path: [fieldName] }];
  }
  const selection = selectionOf(fieldName, field);
  const byEntity: Way = {
    name: 'through _entities',
    document: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${selection} } } }`,
    variables: { r: [{ __typename: 'Citizen', id: subject }] },
    path: ['_entities', 0, fieldName],
  };
  const byRoot = rootsToCitizen(schema).map(([name, root]): Way => {
    const type = isNonNullType(root.type) ? root.type.ofType : root.type;
    const path = isListType(type) ? [name, 0, fieldName] : [name, fieldName];
    return {
      name: `through ${name}`,
      document: `{ ${selectionOf(name, root, selection)} }`,
      variables: {},
      path,
    };
  });
  return [byEntity, ...byRoot];
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
    data,
  );
}

interface UnderGuard {
  readonly service: AgencyService;
  readonly ran: Set<string>;
  readonly ask: (way: Way, caller: Caller) => ReturnType<AgencyService['handle']>;
}

/** The agency with its real guards, and resolvers that only tell that they ran. */
async function startUnderGuard(agency: Agency, scope: MarkScope): Promise<UnderGuard> {
  const ran = new Set<string>();
  const resolvers = structuredSpies(agency, ran);
  const callerKey = randomBytes(32);
  const service = await startAgencyService(
    { ...agency, resolvers, findSubject: async () => subject },
    {
      databaseUrl: 'postgres://nobody:nothing@127.0.0.1:1/none',
      now: () => now,
      clockMs: () => performance.now(),
      callerKey,
      reader: createFactsReader(createRegister(scope), { clockMs: () => performance.now() }),
    },
  );
  const tokens = createCallerTokens({ keyOf: () => callerKey, nowSeconds: () => now.getTime() / 1000 });
  const ask: UnderGuard['ask'] = ({ document, variables }, caller) =>
    service.handle({
      query: document,
      variables,
      callerToken: tokens.sign(agency.name, caller, randomUUID()),
    });
  return { service, ran, ask };
}

function structuredSpies(agency: Agency, ran: Set<string>): Agency['resolvers'] {
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const [typeName, fields] of Object.entries(agency.resolvers))
    resolvers[typeName] = { ...(fields as Record<string, unknown>) };
  for (const coordinate of guardsOf(readMarks(typeDefsOf(agency.name))).keys()) {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    (resolvers[typeName] ??= {})[fieldName] = spyOf(coordinate, ran);
  }
  return resolvers as Agency['resolvers'];
}

const spyOf = (coordinate: string, ran: Set<string>) => () => {
  ran.add(coordinate);
  if (coordinate === 'Query.citizens') return [{ id: subject }];
  return ['Query.citizen', 'Query.me'].includes(coordinate) ? { id: subject } : null;
};

/** Takes the guard off one coordinate: its resolver runs for everybody. */
function removeGuard({ service, ran }: UnderGuard, coordinate: string): void {
  fieldOf(service.schema, coordinate).resolve = spyOf(coordinate, ran);
}

async function judgeRefused(
  under: UnderGuard,
  coordinate: string,
  way: Way,
  refused: Refused,
): Promise<string[]> {
  under.ran.clear();
  const { data, errors = [] } = await under.ask(way, refused.caller);
  const [error] = errors;
  const said = `${coordinate} ${way.name}, asked by ${refused.who}:`;
  const extensions = error?.extensions as { code?: string; howTo?: { en?: string; vi?: string } } | undefined;
  // A refusal further up, of the root field, refuses what is below it, too.
  const at = (error?.path ?? []).join('.');
  const isAtPath = way.path.join('.') === at || (way.path.join('.').startsWith(`${at}.`) && at !== '');
  return [
    ...(under.ran.has(coordinate) ? [`${said} the resolver ran`] : []),
    ...(valueAt(data, way.path) == null ? [] : [`${said} a value came back`]),
    ...(errors.length === 1 && isAtPath ? [] : [`${said} not exactly one error at its path`]),
    ...(extensions?.code === refused.code
      ? []
      : [`${said} ${String(extensions?.code)} instead of ${refused.code}`]),
    ...(extensions?.howTo?.en && extensions.howTo.vi ? [] : [`${said} does not say what to do next`]),
  ];
}

async function judgeAdmitted(under: UnderGuard, coordinate: string, way: Way, need: Need): Promise<string[]> {
  under.ran.clear();
  await under.ask(way, admittedOf(need));
  return under.ran.has(coordinate) ? [] : [`${coordinate} ${way.name}: did not run for who may read it`];
}

/** The guarded coordinates of an agency. */
export function guardedCoordinates(agency: Agency): readonly string[] {
  return [...guardsOf(readMarks(typeDefsOf(agency.name))).keys()];
}

/** Whether a coordinate is asked through a root field that decides about nobody but the caller. */
const isReachable = (way: Way, need: Need): boolean => !(way.name === 'through me' && isData(need.scope));

/**
 * The table for one coordinate: everybody without a right gets `null`, the code and what to do next, and the resolver
 * never runs; who has one reaches it. Answers the sentences that do not hold. `removed` takes its guard off first.
 */
export async function judgeCoordinate(
  agency: Agency,
  coordinate: string,
  removed = false,
): Promise<string[]> {
  const need = guardsOf(readMarks(typeDefsOf(agency.name))).get(coordinate);
  if (!need) throw new Error(`${coordinate} is not guarded.`);
  const under = await startUnderGuard(agency, need.scope);
  if (removed) removeGuard(under, coordinate);
  const failures: string[] = [];
  for (const way of waysOf(under.service.schema, coordinate)) {
    for (const refused of listRefused(need))
      failures.push(...(await judgeRefused(under, coordinate, way, refused)));
    if (isReachable(way, need)) failures.push(...(await judgeAdmitted(under, coordinate, way, need)));
  }
  await under.service.close();
  return failures;
}
