import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  typeFromAST,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from './operations/operation.ts';

type Fields = Map<string, { readonly types: Set<GraphQLOutputType>; readonly sets: SelectionSetNode[] }>;

const introspective = /^__(schema|type)$/;

/** Every response key that may stand there, whatever type the thing has. */
function collect(
  sets: readonly SelectionSetNode[],
  typeName: string,
  api: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  fields: Fields = new Map(),
): Fields {
  for (const each of sets.flatMap(({ selections }) => selections)) {
    if (each.kind !== Kind.FIELD) {
      const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : each;
      if (!fragment) continue;
      const on = fragment.typeCondition ? typeFromAST(api, fragment.typeCondition) : undefined;
      collect([fragment.selectionSet], on?.name ?? typeName, api, fragments, fields);
      continue;
    }
    const key = (each.alias ?? each.name).value;
    const known = fields.get(key) ?? { types: new Set<GraphQLOutputType>(), sets: [] };
    const type = api.getType(typeName);
    const hasFields = isCompositeType(type) && 'getFields' in type;
    const field = hasFields ? type.getFields()[each.name.value] : undefined;
    if (field) known.types.add(field.type);
    if (each.selectionSet && !introspective.test(each.name.value)) known.sets.push(each.selectionSet);
    fields.set(key, known);
  }
  return fields;
}

function isLeaf(type: GraphQLOutputType, value: unknown): boolean {
  if (isEnumType(type)) return type.getValue(String(value)) !== undefined;
  if (!isScalarType(type)) return false;
  if (type.name === 'Int') return Number.isInteger(value);
  if (type.name === 'Float') return typeof value === 'number';
  if (type.name === 'Boolean') return typeof value === 'boolean';
  if (type.name === 'String') return typeof value === 'string';
  if (type.name === 'ID') return typeof value === 'string' || Number.isInteger(value);
  return true;
}

/**
 * Where `data` is nothing that the operation may be answered with: a value of another type, `null` where nothing may be
 * missing, a key that nobody asked for. Empty when all is well.
 */
export function findMisfits(api: GraphQLSchema, { text, operationName }: Operation, data: unknown): string[] {
  const { definitions } = parse(text, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => operations.length === 1 || name?.value === operationName);
  const root = operation && api.getRootType(operation.operation);
  if (!root) return ['no such operation'];
  const misfits: string[] = [];
  const check = (
    type: GraphQLOutputType,
    sets: readonly SelectionSetNode[],
    value: unknown,
    path: string,
  ): void => {
    if (isNonNullType(type)) {
      if (value === null) misfits.push(`${path} is null`);
      else check(type.ofType, sets, value, path);
    } else if (value === null) return;
    else if (isListType(type)) {
      if (!Array.isArray(value)) misfits.push(`${path} is no list`);
      else for (const [index, each] of value.entries()) check(type.ofType, sets, each, `${path}.${index}`);
    } else if (isObjectType(type) || isAbstractType(type)) checkObject(type.name, sets, value, path);
    else if (!isLeaf(type, value)) misfits.push(`${path} is no ${getNamedType(type).name}`);
  };
  const checkObject = (
    typeName: string,
    sets: readonly SelectionSetNode[],
    value: unknown,
    path: string,
  ): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      misfits.push(`${path} is no object`);
      return;
    }
    const fields = collect(sets, typeName, api, fragments);
    for (const [key, each] of Object.entries(value)) {
      const field = fields.get(key);
      if (!field) misfits.push(`${path}.${key} was not asked for`);
      const [type] = field?.types ?? [];
      if (field && type && field.types.size === 1) check(type, field.sets, each, `${path}.${key}`);
    }
  };
  if (data !== null) checkObject(root.name, [operation.selectionSet], data, 'data');
  return misfits;
}
