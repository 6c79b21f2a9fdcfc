import {
  executeSync,
  Kind,
  print,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Variables } from './conditions.ts';

/** The answer to one `__schema` or `__type`, as a value and as JSON. Belongs to everybody: not to be changed. */
export interface SchemaAnswer {
  readonly value: unknown;
  readonly json: string;
}

/** One field of the root that asks about the schema, with what it needs of its operation. */
export interface SchemaQuestion {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

export type AnswerSchemaQuestion = (question: SchemaQuestion, variables: Variables) => SchemaAnswer;

/** Characters of answers that are remembered; one full introspection has some hundred thousand. */
const maxSize = 8_000_000;

function writeDocument({ nodes, operation, fragments }: SchemaQuestion) {
  const used = new Set<string>();
  const reached = new Map<string, FragmentDefinitionNode>();
  const read = (node: FieldNode | FragmentDefinitionNode): void =>
    void visit(node, {
      Variable: ({ name }) => void used.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || reached.has(name.value)) return;
        reached.set(name.value, fragment);
        read(fragment);
      },
    });
  for (const node of nodes) read(node);
  const definitions = operation.variableDefinitions ?? [];
  const asked: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: operation.operation,
    variableDefinitions: definitions.filter(({ variable }) => used.has(variable.name.value)),
    selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
  };
  const document = { kind: Kind.DOCUMENT, definitions: [asked, ...reached.values()] } as const;
  return { document, text: print(document), names: [...used] };
}

/** Answers questions about the schema by graphql-js, each question and its variables once; in bounded memory. */
export function answerAbout(schema: GraphQLSchema): AnswerSchemaQuestion {
  const documents = new WeakMap<SchemaQuestion, ReturnType<typeof writeDocument>>();
  const answers = new LRUCache<string, SchemaAnswer>({ maxSize });
  return (question, variables) => {
    const written = documents.get(question) ?? writeDocument(question);
    documents.set(question, written);
    const { document, text, names } = written;
    const own = names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]);
    const id = `${text}\n${JSON.stringify(own)}`;
    const known = answers.get(id);
    if (known) return known;
    const { data } = executeSync({ schema, document, variableValues: Object.fromEntries(own) });
    const value = data?.[question.key] ?? null;
    const answer = { value, json: JSON.stringify(value) };
    answers.set(id, answer, { size: id.length + answer.json.length });
    return answer;
  };
}
