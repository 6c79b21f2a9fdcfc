import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { expect, inject, test } from 'vitest';
import { connectDatabase } from '#db';
import { createCallerTokens } from '../../gateway/caller-token.ts';
import { loadAgencies } from '../../subgraphs/registry.ts';
import { openAgencyUnderTest, testNow } from '../support/agency-under-test.ts';
import { testOfficer } from '../support/callers.ts';

type Path = readonly string[];

const literals: Readonly<Record<string, string>> = { Date: '"2026-10-01"' };

/** A field as it is asked for, with the arguments that it needs. */
function writeField({ name, args }: GraphQLField<unknown, unknown>): string {
  const needed = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const given = needed.map((each) => `${each.name}: ${literals[getNamedType(each.type).name] ?? '1'}`);
  return given.length > 0 ? `${name}(${given.join(', ')})` : name;
}

interface Leaf {
  readonly path: Path;
  /** As it is asked for alone, below `Citizen`. */
  readonly selection: string;
  /** The last two steps of its path; leaves that have them in common are told by the same rows. */
  readonly steps: string;
}

/** A type inside itself is looked at once. */
const isTooDeep = (type: GraphQLObjectType, around: readonly GraphQLObjectType[]): boolean =>
  around.filter((each) => each === type).length > 1;

/** Every leaf below a type. */
function listLeaves(type: GraphQLObjectType, around: readonly GraphQLObjectType[] = []): Leaf[] {
  return Object.values(type.getFields()).flatMap((field): Leaf[] => {
    const below = getNamedType(field.type);
    const step = `${type.name}.${field.name}`;
    if (isLeafType(below)) return [{ path: [field.name], selection: writeField(field), steps: step }];
    if (!isObjectType(below) || isTooDeep(below, [...around, type])) return [];
    return listLeaves(below, [...around, type]).map(({ path, selection, steps }) => ({
      path: [field.name, ...path],
      selection: `${writeField(field)} { ${selection} }`,
      steps: path.length === 1 ? `${step} ${steps}` : steps,
    }));
  });
}

/** All leaves below a type in one selection. */
function writeWhole(type: GraphQLObjectType, around: readonly GraphQLObjectType[] = []): string {
  const fields = Object.values(type.getFields()).map((field) => {
    const below = getNamedType(field.type);
    if (isLeafType(below)) return writeField(field);
    const isLast = !isObjectType(below) || isTooDeep(below, [...around, type]);
    const selection = isLast ? '' : writeWhole(below, [...around, type]);
    return selection && `${writeField(field)} { ${selection} }`;
  });
  return fields.join(' ');
}

const distinct = (leaves: readonly Leaf[]): readonly Leaf[] => [
  ...new Map(leaves.toReversed().map((leaf) => [leaf.steps, leaf])).values(),
];

/** What stands at a path, in all lists on the way. */
function pick(value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value.map((each) => pick(each, path));
  const [key, ...rest] = path;
  if (key === undefined || value === null || value === undefined) return value;
  return pick((value as Record<string, unknown>)[key], rest);
}

const citizenOf = (schema: GraphQLSchema): GraphQLObjectType | undefined => {
  const type = schema.getType('Citizen');
  return isObjectType(type) ? type : undefined;
};

async function listCitizens(): Promise<readonly string[]> {
  const database = connectDatabase({ url: inject('agencyUrls').population });
  const rows = await database.sql<{ id: string }>`
    select citizen_id as id from citizens order by (personal_id like '099%') desc, personal_id limit 60`;
  await database.close();
  return rows.map(({ id }) => id);
}

/** The agency, and the same answering from whole rows: without the operation nobody knows which columns it can use. */
async function openBoth(agency: Awaited<ReturnType<typeof loadAgencies>>[number]) {
  const opened = await openAgencyUnderTest(agency, inject('agencyUrls')[agency.name]);
  const { service, callerKey } = opened;
  const tokens = createCallerTokens({ keyOf: () => callerKey, nowSeconds: () => testNow.getTime() / 1000 });
  const askWhole = async (ids: readonly string[], selection: string): Promise<unknown> => {
    const claims = service.verify(tokens.sign(agency.name, testOfficer, randomUUID()));
    if (!claims) throw new Error('The token is not right.');
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${selection} } } }`;
    const variables = { r: ids.map((id) => ({ __typename: 'Citizen', id })) };
    const contextValue = service.contextOf(claims, undefined);
    const { body } = await service.server.executeOperation({ query, variables }, { contextValue });
    const result = body.kind === 'single' ? body.singleResult : undefined;
    expect(result?.errors).toBeUndefined();
    return (result?.data as { _entities: unknown } | null | undefined)?._entities;
  };
  return { ...opened, askWhole };
}

const agencies = (await loadAgencies()).filter(({ resolvers }) => 'Citizen' in resolvers);

test.each(agencies.map((agency) => [agency.name, agency] as const))(
  '%s: a field that is asked for alone is what it is in whole rows',
  async (_, agency) => {
    const { service, entities, askWhole, close } = await openBoth(agency);
    const citizen = citizenOf(service.schema);
    const ids = await listCitizens();
    const leaves = citizen ? distinct(listLeaves(citizen)) : [];
    const everything = citizen && (await askWhole(ids, writeWhole(citizen)));
    const told = new Set<string>();
    const wrong: string[] = [];
    for (const { path, selection } of leaves) {
      const whole = pick(everything, path);
      const { data, errors } = await entities(ids, selection);
      const alone = pick(data?._entities, path);
      if (errors || !isDeepStrictEqual(alone, whole)) wrong.push(path.join('.'));
      if ([alone].flat(9).some((value) => value != null)) told.add(path.join('.'));
    }
    await close();
    expect(wrong).toEqual([]);
    expect(told.size).toBeGreaterThan(leaves.length * 0.5);
  },
);
