import {
  getNamedType,
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** The names of the fields that a document may ask for, by object type; whatever its variables and conditions say. */
export type AskedFields = ReadonlyMap<string, ReadonlySet<string>>;

function objectTypesOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType | null | undefined,
): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

export function askedFieldsOf(schema: GraphQLSchema, document: DocumentNode): AskedFields {
  const asked = new Map<string, Set<string>>();
  const types = new TypeInfo(schema);
  const note = (type: GraphQLObjectType, field: string): void => {
    const fields = asked.get(type.name);
    if (fields) fields.add(field);
    else asked.set(type.name, new Set([field]));
  };
  const seeField = (field: string): void => {
    const parent = types.getParentType();
    for (const type of objectTypesOf(schema, parent && getNamedType(parent))) note(type, field);
  };
  visit(document, visitWithTypeInfo(types, { Field: ({ name }) => seeField(name.value) }));
  return asked;
}
