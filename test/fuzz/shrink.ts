import {
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { isValid } from './operations/generate.ts';
import type { Operation } from './operations/operation.ts';

const removable: ReadonlySet<string> = new Set([Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD]);

/** Fragments and variables that nothing needs any more go; then the operations that were not asked for. */
function tidy(document: DocumentNode, operationName: string | undefined): DocumentNode {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const kept = operations.filter(({ name }) => operations.length === 1 || name?.value === operationName);
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const spreads = new Set<string>();
  const variables = new Set<string>();
  const follow = (node: ASTNode): void => {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || spreads.has(name.value)) return;
        spreads.add(name.value);
        follow(fragment);
      },
    });
  };
  for (const each of kept) follow(each);
  const definitions = [
    ...kept.map((each) => ({
      ...each,
      variableDefinitions: (each.variableDefinitions ?? []).filter(({ variable }) =>
        variables.has(variable.name.value),
      ),
    })),
    ...[...fragments.values()].filter(({ name }) => spreads.has(name.value)),
  ];
  return { ...document, definitions };
}

/** Replaces the nth node that can be replaced; `null` when there are fewer. */
function replaceNth(document: DocumentNode, nth: number): DocumentNode | null {
  let count = -1;
  let isDone = false;
  const isNext = (): boolean => !isDone && (count += 1) === nth && (isDone = true);
  const changed = visit(document, {
    enter: (node) => {
      if (isDone) return false;
      if (removable.has(node.kind) && isNext()) return null;
      if ((node.kind === Kind.ARGUMENT || node.kind === Kind.DIRECTIVE) && isNext()) return null;
      if (node.kind === Kind.OBJECT_FIELD && isNext()) return null;
      if (node.kind === Kind.FIELD && node.alias && isNext()) return { ...node, alias: undefined };
      return undefined;
    },
    SelectionSet: {
      leave: (node: SelectionSetNode) => (node.selections.length === 0 ? typeNameOnly : undefined),
    },
  }) as DocumentNode;
  return isDone ? changed : null;
}

const typeNameOnly: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

/** Fragments in place of the spreads, inline fragments without need in place of themselves. */
function inlineFragments(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  return visit(document, {
    FragmentSpread: ({ name, directives }) => {
      const fragment = fragments.get(name.value);
      if (!fragment) return undefined;
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: directives ?? [], selectionSet };
    },
  });
}

/**
 * The smallest operation found that still fails: nodes are taken out one after the other as long as it does.
 *
 * @param fails whether a valid operation shows what is looked for
 * @param maxRuns how often `fails` may be asked
 */
export async function shrink(
  operation: Operation,
  api: GraphQLSchema,
  fails: (operation: Operation) => Promise<boolean>,
  maxRuns = 400,
): Promise<Operation> {
  let best = operation;
  let size = print(parse(best.text, { noLocation: true })).length;
  let runs = 0;
  const attempt = async (document: DocumentNode): Promise<boolean> => {
    const text = print(tidy(document, best.operationName));
    if (text.length >= size || !isValid(api, text)) return false;
    runs += 1;
    const smaller = { ...best, text };
    if (!(await fails(smaller))) return false;
    best = smaller;
    size = text.length;
    return true;
  };
  const read = (): DocumentNode => parse(best.text, { noLocation: true });
  await attempt(inlineFragments(inlineFragments(read())));
  for (let nth = 0; runs < maxRuns;) {
    const changed = replaceNth(read(), nth);
    if (!changed) break;
    if (!(await attempt(changed))) nth += 1;
  }
  return best;
}
