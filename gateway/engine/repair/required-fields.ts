import {
  Kind,
  print,
  type ArgumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldTypeIn, type JoinModel } from './join-model.ts';
import type { SyntheticField } from './request-rewrites.ts';

/** Gives out one name for each field with one set of arguments. */
export interface Naming {
  readonly nameFor: (fieldName: string, args: readonly ArgumentNode[]) => string;
  readonly synthetics: ReadonlyMap<string, SyntheticField>;
}

const signatureOf = (fieldName: string, args: readonly ArgumentNode[]): string =>
  `${fieldName}(${args.map(print).sort().join(', ')})`;

/** `taken`: every field name of the supergraph. */
export function createNaming(taken: ReadonlySet<string>): Naming {
  const names = new Map<string, string>();
  const synthetics = new Map<string, SyntheticField>();
  const nameFor: Naming['nameFor'] = (fieldName, args) => {
    const signature = signatureOf(fieldName, args);
    const known = names.get(signature);
    if (known !== undefined) return known;
    let count = 1;
    while (taken.has(`${fieldName}__required${count}`) || synthetics.has(`${fieldName}__required${count}`))
      count += 1;
    const name = `${fieldName}__required${count}`;
    names.set(signature, name);
    synthetics.set(name, { fieldName, arguments: args });
    return name;
  };
  return { nameFor, synthetics };
}

/** A field set with its fields that take arguments replaced, and where that happened. */
export interface ReplacedFieldSet {
  readonly selectionSet: SelectionSetNode;
  /** Each field read, by its new name where it has one. */
  readonly read: readonly ReadField[];
}

export interface ReadField {
  readonly typeName: string;
  /** As the agency has it. */
  readonly fieldName: string;
  /** `undefined` when the field takes no arguments. */
  readonly synthetic: string | undefined;
}

/** What the walk cannot know: the supergraph has no such field, or not with such an argument. */
class UnknownFieldError extends Error {}

const declares = (field: FieldDefinitionNode, args: readonly ArgumentNode[]): boolean =>
  args.every(({ name }) => field.arguments?.some((each) => each.name.value === name.value));

/**
 * Replaces every field that takes arguments by its synthetic one, whether or not arguments are given: a client may give its
 * own. `undefined` when the field set names what the supergraph does not have, and is better left as it is.
 */
export function replaceRequired(
  set: SelectionSetNode,
  place: { readonly typeName: string; readonly graph: string },
  model: JoinModel,
  naming: Naming,
): ReplacedFieldSet | undefined {
  const read: ReadField[] = [];
  const walkSet = (each: SelectionSetNode, typeName: string): SelectionSetNode => ({
    ...each,
    selections: each.selections.map((selection) => walk(selection, typeName)),
  });
  const walkField = (node: FieldNode, typeName: string): FieldNode => {
    const fieldName = node.name.value;
    if (fieldName === '__typename') return node;
    const field = model.types.get(typeName)?.fields?.find((each) => each.name.value === fieldName);
    const args = node.arguments ?? [];
    if (!field || !declares(field, args)) throw new UnknownFieldError(fieldName);
    const takesArguments = (field.arguments ?? []).length > 0;
    const synthetic = takesArguments ? naming.nameFor(fieldName, args) : undefined;
    read.push({ typeName, fieldName, synthetic });
    const inner = node.selectionSet && walkSet(node.selectionSet, fieldTypeIn(field, place.graph));
    const named = synthetic === undefined ? node : { ...node, arguments: [] };
    const name = { kind: Kind.NAME as const, value: synthetic ?? fieldName };
    return { ...named, name, ...(inner && { selectionSet: inner }) };
  };
  const walk = (node: SelectionNode, typeName: string): SelectionNode => {
    if (node.kind === Kind.FIELD) return walkField(node, typeName);
    if (node.kind === Kind.FRAGMENT_SPREAD) throw new UnknownFieldError(node.name.value);
    return {
      ...node,
      selectionSet: walkSet(node.selectionSet, node.typeCondition?.name.value ?? typeName),
    };
  };
  try {
    return { selectionSet: walkSet(set, place.typeName), read };
  } catch (error) {
    if (error instanceof UnknownFieldError) return undefined;
    throw error;
  }
}
