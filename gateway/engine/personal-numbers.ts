import {
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  valueFromASTUntyped,
  type DirectiveNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';
import { isIncluded, visitTyped, type SelectedOperation, type VariableValues } from './operation.ts';

/** Scalar of the numbers that people are known by. */
const scalarName = 'PersonalId';

/** An argument that may carry personal numbers. */
export interface NumberSite {
  readonly type: GraphQLInputType;
  readonly value: ValueNode;
  /** `@skip` and `@include` of the selections around it. */
  readonly directives: readonly DirectiveNode[];
}

function carriesNumber(type: GraphQLInputType, seen: Set<string> = new Set()): boolean {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return carriesNumber(nullable.ofType, seen);
  if (nullable.name === scalarName) return true;
  if (!isInputObjectType(nullable) || seen.has(nullable.name)) return false;
  seen.add(nullable.name);
  return Object.values(nullable.getFields()).some((field) => carriesNumber(field.type, seen));
}

/** Where an operation takes personal numbers. */
export function findNumberSites(schema: GraphQLSchema, selected: SelectedOperation): readonly NumberSite[] {
  const sites: NumberSite[] = [];
  visitTyped(selected, schema, (types) => {
    const around: (readonly DirectiveNode[])[] = [];
    return {
      enter: (node) => {
        if (node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT)
          around.push(node.directives ?? []);
        const type = node.kind === Kind.ARGUMENT ? types.getInputType() : null;
        if (type && node.kind === Kind.ARGUMENT && carriesNumber(type))
          sites.push({ type, value: node.value, directives: around.flat() });
      },
      leave: (node) => {
        if (node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT) around.pop();
      },
    };
  });
  return sites;
}

function pluck(type: GraphQLInputType, value: unknown, numbers: Set<string>): void {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return;
  if (isListType(nullable))
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
      pluck(nullable.ofType, item, numbers);
  else if (isInputObjectType(nullable))
    for (const field of Object.values(nullable.getFields()))
      pluck(field.type, (value as Record<string, unknown>)[field.name], numbers);
  else if (nullable.name === scalarName && typeof value === 'string') numbers.add(value);
}

/** Every `@skip` and `@include` around a site, each for itself. */
const isReached = ({ directives }: NumberSite, variables: VariableValues): boolean =>
  directives.every((directive) => isIncluded({ directives: [directive] }, variables));

/** The distinct personal numbers that an operation asks for, whatever its aliases. */
export function readNumbers(sites: readonly NumberSite[], variables: VariableValues): readonly string[] {
  const numbers = new Set<string>();
  for (const site of sites)
    if (isReached(site, variables)) pluck(site.type, valueFromASTUntyped(site.value, variables), numbers);
  return [...numbers];
}
