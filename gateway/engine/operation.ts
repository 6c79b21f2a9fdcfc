import {
  getDirectiveValues,
  getOperationAST,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** The one operation of a document that is asked for, with the fragments it reaches. */
export interface SelectedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Values of an operation's variables, coerced, defaults filled in. */
export type VariableValues = Readonly<Record<string, unknown>>;

function reachFragments(operation: OperationDefinitionNode, document: DocumentNode) {
  const known = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const reached = new Map<string, FragmentDefinitionNode>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = known.get(name.value);
        if (!fragment || reached.has(name.value)) return;
        reached.set(name.value, fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return reached;
}

/** The operation of that name, or the only one; `null` when it is not clear which is meant. */
export function selectOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
): SelectedOperation | null {
  const operation = getOperationAST(document, operationName);
  return operation ? { operation, fragments: reachFragments(operation, document) } : null;
}

/** Visits every field and argument of the operation once, fragments each once, with their types. */
export function visitTyped(
  { operation, fragments }: SelectedOperation,
  schema: GraphQLSchema,
  visitorOf: (types: TypeInfo) => ASTVisitor,
): void {
  for (const node of [operation, ...fragments.values()]) {
    const types = new TypeInfo(schema);
    visit(node, visitWithTypeInfo(types, visitorOf(types)));
  }
}

/** Whether `@skip` and `@include` leave the selection in. GraphQL, section 3.13. */
export function isIncluded(
  node: { readonly directives?: readonly DirectiveNode[] | undefined },
  variables: VariableValues,
): boolean {
  if (!node.directives?.length) return true;
  const directives = { directives: node.directives };
  const skip = getDirectiveValues(GraphQLSkipDirective, directives, variables);
  if (skip?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, directives, variables)?.['if'] !== false;
}
