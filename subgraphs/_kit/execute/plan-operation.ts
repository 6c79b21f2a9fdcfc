import {
  isLeafType,
  isNonNullType,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLObjectType,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { completerOf } from './complete.ts';
import type { OperationFacts } from './execution.ts';
import { leafOfType } from './leaf.ts';
import type { FieldPlan, FieldSite, ObjectPlan, PlanObject } from './plan.ts';
import { argumentsReaderOf } from './read-arguments.ts';

type Fields = ReadonlyMap<string, readonly FieldNode[]>;

function planField(
  parentType: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
  planObject: PlanObject,
): FieldPlan | null {
  const [node] = nodes;
  const definition = node && parentType.getFields()[node.name.value];
  if (!node || !definition) return null;
  const { name, type } = definition;
  const isNullable = !isNonNullType(type);
  const readArguments = argumentsReaderOf(definition, node);
  const site: FieldSite = { key, name, nodes, parentType, definition, readArguments, isNullable };
  const named = isNonNullType(type) ? type.ofType : type;
  const leafOf = isLeafType(named) ? leafOfType(named) : undefined;
  return { ...site, leafOf, complete: completerOf(type, site, planObject) };
}

function planFields(type: GraphQLObjectType, asked: Fields, planObject: PlanObject): ObjectPlan {
  const blank: Record<string, unknown> = {};
  const fields: FieldPlan[] = [];
  for (const [key, nodes] of asked) {
    const isTypeName = nodes[0]?.name.value === TypeNameMetaFieldDef.name;
    const field = isTypeName ? null : planField(type, key, nodes, planObject);
    if (field) fields.push(field);
    if (field || isTypeName) blank[key] = field ? undefined : type.name;
  }
  return { type, blank, fields };
}

/**
 * What the operation asks, for one outcome of its conditions: `variables` need hold no others. What lies below a field
 * is planned when it is first reached, and once.
 */
export function planOperation(
  { schema, operation, fragments }: OperationFacts,
  variables: Record<string, unknown>,
): ObjectPlan | null {
  const rootType = schema.getRootType(operation.operation);
  if (!rootType) return null;
  const planObject: PlanObject = (type, { nodes }) =>
    planFields(type, collectSubfields(schema, fragments, variables, type, nodes as FieldNode[]), planObject);
  const asked = collectFields(schema, fragments, variables, rootType, operation.selectionSet);
  return planFields(rootType, asked, planObject);
}
