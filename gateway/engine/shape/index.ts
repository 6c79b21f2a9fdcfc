import type {
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { AnswerField } from './collect.ts';
import { completeData, type Completed } from './complete.ts';
import type { Variables } from './conditions.ts';
import { joinFaults, type ToldError } from './faults.ts';
import {
  answerAbout,
  type AnswerSchemaQuestion,
  type SchemaAnswer,
  type SchemaQuestion,
} from './introspection.ts';
import { createVariants, type Variant } from './variants.ts';

export { answerAbout } from './introspection.ts';
export type { ToldError } from './faults.ts';
export type { Variables } from './conditions.ts';

type Merged = Readonly<Record<string, unknown>>;

/** Merged data of an operation, as the executor leaves them. */
export type MergedData = Merged | null | undefined;

/** Merged data with what is told beside them. */
export interface MergedAnswer {
  readonly data: MergedData;
  readonly errors: readonly ToldError[];
  /** Whether no text in the data has anything that JSON escapes; default: not known. */
  readonly isUnescaped?: boolean;
}

/** Data as JSON text. */
export interface WrittenAnswer {
  readonly json: string;
  readonly errors: readonly ToldError[];
}

/** Data as a tree. */
export interface ShapedAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly ToldError[];
}

/**
 * Makes the answer of one operation from merged data: asked fields only, in the order of the operation, null propagated as
 * GraphQL (section 6.4.4) wants it for the API schema. Data that do not fit the schema are null with
 * `SUBGRAPH_BAD_RESPONSE` at their path, unless one of the given errors is about that path, above or below it. Given
 * errors go out first, as they are. Never throws for what an agency sent; keeps and changes nothing of it.
 *
 * `variables`: as the client sent them, or coerced.
 */
export interface Shaper {
  readonly write: (variables: Variables, merged: MergedAnswer) => WrittenAnswer;
  readonly shape: (variables: Variables, data: MergedData, errors: readonly ToldError[]) => ShapedAnswer;
}

/** Questions about the schema stay the same objects, so that each is printed once. */
function createQuestions(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  introspect: AnswerSchemaQuestion,
) {
  const questions = new WeakMap<AnswerField, SchemaQuestion>();
  return (field: AnswerField, variables: Variables): SchemaAnswer => {
    const question = questions.get(field) ?? { key: field.key, nodes: field.nodes, operation, fragments };
    questions.set(field, question);
    return introspect(question, variables);
  };
}

/**
 * A shaper for one operation, valid under the API schema. Give all shapers of a schema the same `introspect`
 * ({@link answerAbout}), and answers about the schema are remembered for all of them together.
 */
export function createShaper(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  introspect: AnswerSchemaQuestion = answerAbout(schema),
): Shaper {
  const root = schema.getRootType(operation.operation) as GraphQLObjectType;
  const variantOf = createVariants({ schema, root, operation, fragments });
  const answerTo = createQuestions(operation, fragments, introspect);
  const complete = ({ fields }: Variant, variables: Variables, data: Merged): Completed => {
    const completion = { schema, introspect: (field: AnswerField) => answerTo(field, variables).value };
    return completeData(completion, root, fields, data);
  };
  return {
    write: (variables, { data, errors, isUnescaped = false }) => {
      if (!data) return { json: 'null', errors };
      const variant = variantOf(variables);
      const json = variant.writer(isUnescaped)?.(data, (field) => answerTo(field, variables).json);
      if (typeof json === 'string') return { json, errors };
      const completed = complete(variant, variables, data);
      return { json: JSON.stringify(completed.data), errors: joinFaults(errors, completed.places) };
    },
    shape: (variables, data, errors) => {
      if (!data) return { data: null, errors };
      const completed = complete(variantOf(variables), variables, data);
      return { data: completed.data, errors: joinFaults(errors, completed.places) };
    },
  };
}
