import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';

/** Numbers from 0 to 1 that follow from a text: the same text, the same number. */
export function chanceOf(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

type Field = GraphQLField<unknown, unknown>;

const samples: Readonly<Record<string, readonly unknown[]>> = {
  String: ['text', '', 7, {}],
  ID: ['id', 12, [], Number.NaN],
  Int: [0, -3, 2 ** 31, '5', 1.5],
  Float: [1.5, -0, Number.POSITIVE_INFINITY, 'x'],
  Boolean: [true, false, 1, 'yes'],
  PersonalId: ['012345678901', 'bad'],
  Date: ['2026-01-31', new Date('2026-01-31T00:00:00Z'), '2026-02-30'],
  PartialDate: ['1950', '1950-01', 'soon'],
  YearMonth: ['2026-01', '2026-13'],
  DateTime: [new Date('2026-01-31T08:00:00Z'), '2026-01-31T08:00:00+07:00', new Date(Number.NaN)],
  VND: [1000, 12n, '9007199254740993'],
};

const pick = <Item>(items: readonly Item[], chance: number): Item | undefined =>
  items[Math.floor(chance * items.length)];

/** A world in which every field answers something that follows from its place: data, `null`, an error, now or later. */
export interface World {
  readonly seed: string;
  /** How often something is wrong, 0 to 1. */
  readonly trouble: number;
  /** Nothing is a promise. */
  readonly isPrompt: boolean;
}

function leafIn(world: World, type: GraphQLNamedType, at: string): unknown {
  const values = isEnumType(type)
    ? type.getValues().map(({ value }) => value as unknown)
    : samples[type.name];
  const [good] = values ?? ['text'];
  const isOdd = chanceOf(`${world.seed}odd${at}`) < world.trouble;
  return isOdd
    ? pick([...(values ?? []), 'unknown', Symbol.iterator], chanceOf(`${world.seed}leaf${at}`))
    : good;
}

function valueIn(world: World, schema: GraphQLSchema, type: GraphQLOutputType, at: string): unknown {
  const chance = chanceOf(`${world.seed}value${at}`);
  if (chance < world.trouble / 3) return null;
  if (chance < world.trouble / 2) return new Error(`Returned at ${at}.`);
  const inner = getNullableType(type) as GraphQLOutputType;
  if (isLeafType(inner)) return leafIn(world, inner, at);
  if (isListType(inner)) {
    if (chance < world.trouble) return 5;
    const count = Math.floor(chanceOf(`${world.seed}count${at}`) * 4);
    const items = Array.from({ length: count }, (_, index) =>
      soonOrLater(world, `${at}.${index}`, valueIn(world, schema, inner.ofType, `${at}.${index}`)),
    );
    return chance > 0.95 ? new Set(items) : items;
  }
  const possible = isAbstractType(inner) ? schema.getPossibleTypes(inner) : [];
  const object = isObjectType(inner) ? inner : pick(possible, chanceOf(`${world.seed}type${at}`));
  if (!object) return null;
  const typeName = isAbstractType(inner) && chance < world.trouble ? 'Nobody' : object.name;
  return objectIn(world, schema, object, at, typeName);
}

function soonOrLater(world: World, at: string, value: unknown): unknown {
  const chance = chanceOf(`${world.seed}when${at}`);
  if (world.isPrompt || chance < 0.5) return value;
  if (chance < 0.5 + world.trouble / 4) {
    const rejected = Promise.reject(new Error(`Rejected at ${at}.`));
    // Whoever stops at an earlier item never looks at this one.
    rejected.catch(() => {});
    return rejected;
  }
  if (chance > 0.9) return new Promise((resolve) => setImmediate(resolve, value));
  return Promise.resolve(value);
}

/** An object whose fields without a resolver are properties or methods, read when they are asked for. */
function objectIn(
  world: World,
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  at: string,
  typeName: string,
): object {
  const object = { __typename: typeName };
  for (const field of Object.values(type.getFields())) {
    if (field.resolve) continue;
    const place = `${at}/${field.name}`;
    const read = (): unknown => answerIn(world, schema, field, place);
    const isMethod = chanceOf(`${world.seed}method${place}`) < 0.1;
    Object.defineProperty(object, field.name, isMethod ? { value: read } : { get: read });
  }
  return object;
}

function answerIn(world: World, schema: GraphQLSchema, field: Field, at: string): unknown {
  if (chanceOf(`${world.seed}throw${at}`) < world.trouble / 5)
    throw new GraphQLError(`Thrown at ${at}.`, { extensions: { code: 'BAD_USER_INPUT' } });
  return soonOrLater(world, at, valueIn(world, schema, field.type, at));
}

const textOf = (path: GraphQLResolveInfo['path'] | undefined): string =>
  path ? `${textOf(path.prev)}.${path.key}(${path.typename ?? ''})` : '';

/** Gives about half of the schema's fields a resolver that answers as the world does; `calls` hears of each call. */
export function peopleSchema(schema: GraphQLSchema, world: World, calls: string[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const hasResolver = chanceOf(`${world.seed}has${type.name}.${field.name}`) < 0.5;
      const isRoot = [schema.getQueryType(), schema.getMutationType()].includes(type);
      field.resolve = undefined as never;
      if (!hasResolver && !isRoot) continue;
      field.resolve = (_, args, __, info) => {
        const at = textOf(info.path);
        calls.push(`${at} ${info.parentType.name}.${info.fieldName} ${JSON.stringify(args)}`);
        return answerIn(world, schema, field as Field, `${at}${JSON.stringify(args)}`);
      };
    }
  }
}

interface Drawn {
  readonly text: string;
  readonly variables: Record<string, boolean>;
}

/** An operation over everything the schema has: aliases, fragments, conditions, fields asked twice. */
export function drawOperation(schema: GraphQLSchema, seed: string, isMutation: boolean): Drawn {
  let draws = 0;
  const chance = (): number => chanceOf(`${seed}#${(draws += 1)}`);
  const conditions = ['a', 'b'] as const;
  const condition = (): string => {
    const [which, name] = [chance(), pick(conditions, chance())];
    if (which < 0.8) return '';
    return ` @${which < 0.9 ? 'skip' : 'include'}(if: ${chance() < 0.3 ? chance() < 0.5 : `$${name}`})`;
  };
  const literal = (type: string): string =>
    ({
      Int: '1',
      Boolean: 'true',
      Date: '"2026-01-31"',
      YearMonth: '"2026-01"',
      PersonalId: '"012345678901"',
    })[type] ?? '"x"';
  const argumentsOf = (field: Field): string => {
    const given = field.args.flatMap(({ name, type }) => {
      const named = getNamedType(type);
      if (!isLeafType(named) || isEnumType(named)) return [];
      const value = named.name === '_Any' ? '{__typename: "Citizen", id: "x"}' : literal(named.name);
      return [`${name}: ${isListType(getNullableType(type)) ? `[${value}]` : value}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  };
  const select = (type: GraphQLNamedType, depth: number): string => {
    const parts: string[] = [];
    if (isAbstractType(type)) {
      for (const object of schema.getPossibleTypes(type))
        parts.push(`... on ${object.name}${condition()} ${select(object, depth)}`);
      return `{ __typename ${parts.join(' ')} }`;
    }
    if (!isObjectType(type)) return '';
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      const isDeep = !isLeafType(named);
      if (chance() < (isDeep ? 0.3 + depth * 0.15 : 0.4)) continue;
      if (isDeep && depth > 4) continue;
      // A field with arguments is asked under one key only, so that nothing overlaps.
      const alias = chance() < 0.15 ? `x${(draws += 1)}: ` : '';
      const below = isDeep ? ` ${select(named, depth + 1)}` : '';
      const text = `${alias}${field.name}${argumentsOf(field as Field)}${condition()}${below}`;
      parts.push(chance() < 0.1 ? `... on ${type.name}${condition()} { ${text} }` : text);
      if (chance() < 0.05 && !isDeep) parts.push(`${field.name}${argumentsOf(field as Field)}`);
    }
    return `{ __typename ${parts.join(' ')} }`;
  };
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  const selection = root ? select(root, 0) : '{ __typename }';
  // Each variable is used at least once, else the operation is not valid.
  const head = `${isMutation ? 'mutation' : 'query'} ($a: Boolean!, $b: Boolean = true)`;
  const text = `${head} { used: __typename @include(if: $a) @skip(if: $b) ... ${selection} }`;
  return { text, variables: { a: chance() < 0.5, ...(chance() < 0.5 && { b: chance() < 0.5 }) } };
}
