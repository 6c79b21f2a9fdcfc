import {
  Kind,
  visit,
  type DirectiveNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';

/** Values of variables as the client sent them, or coerced. */
export type Variables = Readonly<Record<string, unknown>>;

/** What `@skip` and `@include` make of an operation, by its variables. */
export interface Conditions {
  /** How many variables decide. */
  readonly count: number;
  /** Equal for variables that leave the same selections in. */
  readonly combinationOf: (variables: Variables) => string;
  readonly isIncluded: (directives: readonly DirectiveNode[], combination: string) => boolean;
}

const ifOf = (directive: DirectiveNode) =>
  directive.arguments?.find(({ name }) => name.value === 'if')?.value;
export const isCondition = ({ name }: DirectiveNode): boolean =>
  name.value === 'skip' || name.value === 'include';

function listNames(nodes: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): readonly string[] {
  const names = new Set<string>();
  const note = (directive: DirectiveNode): void => {
    const value = isCondition(directive) ? ifOf(directive) : undefined;
    if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
  };
  for (const node of nodes) visit(node, { Directive: note });
  return [...names];
}

function listDefaults(operation: OperationDefinitionNode): ReadonlyMap<string, boolean> {
  return new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value]] : [],
    ),
  );
}

export function readConditions(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Conditions {
  const names = listNames([operation, ...fragments.values()]);
  const defaults = listDefaults(operation);
  const isTrue = (name: string, variables: Variables): boolean =>
    (Object.hasOwn(variables, name) ? variables[name] : undefined) === undefined
      ? defaults.get(name) === true
      : variables[name] === true;
  const isMet = (directive: DirectiveNode, combination: string): boolean => {
    const value = ifOf(directive);
    if (value?.kind === Kind.VARIABLE) return combination[names.indexOf(value.name.value)] === '1';
    return value?.kind === Kind.BOOLEAN && value.value;
  };
  const combinationOf = (variables: Variables): string => {
    let combination = '';
    for (const name of names) combination += isTrue(name, variables) ? '1' : '0';
    return combination;
  };
  const isIncluded: Conditions['isIncluded'] = (directives, combination) =>
    directives.every(
      (each) => !isCondition(each) || isMet(each, combination) === (each.name.value === 'include'),
    );
  return { count: names.length, combinationOf, isIncluded };
}
