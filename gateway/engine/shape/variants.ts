import type {
  DirectiveNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { collectFields, type AnswerFields } from './collect.ts';
import { compileWriter, type Writer } from './compile.ts';
import { readConditions, type Variables } from './conditions.ts';

/** An operation with `@skip` and `@include` settled. */
export interface Variant {
  readonly fields: AnswerFields;
  /**
   * `null` at the first use, as what is asked once is not worth compiling, and for what is too large. `isUnescaped`: for data
   * without any text that JSON would escape.
   */
  readonly writer: (isUnescaped: boolean) => Writer | null;
}

export interface VariantOptions {
  readonly schema: GraphQLSchema;
  readonly root: GraphQLObjectType;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** So many combinations of `@skip` and `@include` are remembered per operation. */
const maxVariants = 32;

function createWriter(schema: GraphQLSchema, root: GraphQLObjectType, fields: AnswerFields) {
  let isFirst = true;
  const compile = (isUnescaped: boolean): (() => Writer | null) => {
    let writer: Writer | null | undefined;
    return () =>
      writer === undefined ? (writer = compileWriter(schema, root, fields, isUnescaped)) : writer;
  };
  const [escaping, plain] = [compile(false), compile(true)];
  return (isUnescaped: boolean): Writer | null => {
    if (!isFirst) return isUnescaped ? plain() : escaping();
    isFirst = false;
    return null;
  };
}

/** The variants of an operation by its variables, each made once. */
export function createVariants(options: VariantOptions): (variables: Variables) => Variant {
  const { schema, root, operation, fragments } = options;
  const conditions = readConditions(operation, fragments);
  const variants = new LRUCache<string, Variant>({ max: maxVariants });
  return (variables) => {
    const combination = conditions.combinationOf(variables);
    const known = variants.get(combination);
    if (known) return known;
    const isIncluded = (directives: readonly DirectiveNode[]): boolean =>
      conditions.isIncluded(directives, combination);
    const fields = collectFields({ schema, operation, fragments, isIncluded });
    const variant = { fields, writer: createWriter(schema, root, fields) };
    variants.set(combination, variant);
    return variant;
  };
}
