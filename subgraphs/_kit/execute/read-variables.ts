import {
  getVariableValues,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

type Variables = Record<string, unknown>;

/** The values of a request's variables; `undefined` when they are not what the operation takes. */
export type ReadVariables = (given: Readonly<Variables>) => Variables | undefined;

/** As graphql-js stops counting what is wrong with variables. */
const maxErrors = 50;

/** The value as resolvers get it; `undefined` when that is better left to graphql-js. May throw. */
type Parse = (value: unknown) => unknown;

function parseList(parseItem: Parse): Parse {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items: unknown[] = [];
    for (const each of value as unknown[]) {
      const item = parseItem(each);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  };
}

/** For scalars, enums and lists of them. */
function parserOf(type: GraphQLInputType): Parse | null {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isLeafType(inner)) return (value) => (value == null ? undefined : inner.parseValue(value));
  const parseItem = isListType(inner) ? parserOf(inner.ofType) : null;
  return parseItem && parseList(parseItem);
}

interface Variable {
  readonly name: string;
  readonly parse: Parse;
}

function variableOf(schema: GraphQLSchema, definition: VariableDefinitionNode): Variable | null {
  const type = typeFromAST(schema, definition.type);
  const parse = isInputType(type) && definition.defaultValue === undefined ? parserOf(type) : null;
  return parse && { name: definition.variable.name.value, parse };
}

/** All variables given, none of them `null`, each of its type; `undefined` for anything else. */
function readPlain(variables: readonly Variable[], given: Readonly<Variables>): Variables | undefined {
  const read: Variables = {};
  try {
    for (const { name, parse } of variables) {
      const value = Object.hasOwn(given, name) ? parse(given[name]) : undefined;
      if (value === undefined) return undefined;
      read[name] = value;
    }
  } catch {
    return undefined;
  }
  return read;
}

/** How an operation's variables are read: the usual way found out once, everything else by graphql-js. */
export function variablesReaderOf(schema: GraphQLSchema, operation: OperationDefinitionNode): ReadVariables {
  const definitions = operation.variableDefinitions ?? [];
  const variables = definitions.map((each) => variableOf(schema, each));
  const isUsual = variables.every((each) => each !== null);
  const readAll: ReadVariables = (given) =>
    getVariableValues(schema, definitions, given, { maxErrors }).coerced;
  return isUsual ? (given) => readPlain(variables, given) ?? readAll(given) : readAll;
}
