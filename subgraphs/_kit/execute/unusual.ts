import {
  isObjectType,
  Kind,
  OperationTypeNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** Fields that describe the schema, and a response key that objects keep for themselves. */
const unusualNames: readonly string[] = [SchemaMetaFieldDef.name, TypeMetaFieldDef.name, '__proto__'];

/** Whether types are found by asking each whether an object is one of its own. */
export const judgesObjects = (schema: GraphQLSchema): boolean =>
  Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);

/** Whether something is asked that only graphql-js does: descriptions of the schema, events, a key like `__proto__`. */
export function isUnusual(document: DocumentNode, { operation }: OperationDefinitionNode): boolean {
  let isFound = operation === OperationTypeNode.SUBSCRIPTION;
  visit(document, {
    Field: ({ name, alias }) => {
      isFound ||= unusualNames.includes(name.value) || unusualNames.includes(alias?.value ?? '');
    },
  });
  return isFound;
}

/** The names of the variables on which `@skip` and `@include` depend, anywhere in a document. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
