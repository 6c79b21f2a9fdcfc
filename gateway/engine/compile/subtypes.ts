import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Whether an object of this type is of the other one, too. */
export function isOfType(schema: GraphQLSchema, typeName: string, condition: string): boolean {
  if (typeName === condition) return true;
  const [type, wanted] = [schema.getType(typeName), schema.getType(condition)];
  if (!isAbstractType(wanted) || !(isObjectType(type) || isInterfaceType(type))) return false;
  return schema.isSubType(wanted, type);
}

/** The names of the types whose objects are of this type: its own, and those of all below it. */
export function typeNamesOf(schema: GraphQLSchema, condition: string): readonly string[] {
  const type = schema.getType(condition);
  if (!isAbstractType(type)) return [condition];
  const { objects, interfaces } = isInterfaceType(type)
    ? schema.getImplementations(type)
    : { objects: type.getTypes(), interfaces: [] };
  return [condition, ...objects.map(({ name }) => name), ...interfaces.map(({ name }) => name)];
}

const objectTypes = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** The names of all object types. */
export function objectTypesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const known = objectTypes.get(schema);
  if (known) return known;
  const names = new Set(
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .map(({ name }) => name),
  );
  objectTypes.set(schema, names);
  return names;
}
