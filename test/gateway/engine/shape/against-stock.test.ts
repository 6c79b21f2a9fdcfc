import { createRequire } from 'node:module';
import { buildSchemaFromAST, operationFromDocument, type Schema } from '@apollo/federation-internals';
import {
  execute,
  Kind,
  parse,
  printSchema,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { describe, expect, inject, it } from 'vitest';
import { createShaper, type WrittenAnswer } from '../../../../gateway/engine/shape/index.ts';
import { createDraw, drawSchema } from './random-graph.ts';
import { drawObject, drawOperation, type Faults } from './random-operation.ts';

interface StockAnswer {
  readonly data: unknown;
  readonly errors: readonly { readonly path: readonly (string | number)[] }[];
}
type Stock = (input: {
  operation: unknown;
  variables: object;
  input: object;
  introspectionHandling: () => null;
}) => StockAnswer;
const { computeResponse } = createRequire(import.meta.url)('@apollo/gateway/dist/resultShaping.js') as {
  computeResponse: Stock;
};

interface Sample {
  readonly schema: GraphQLSchema;
  readonly stockSchema: Schema;
  readonly document: DocumentNode;
  readonly text: string;
  readonly data: Record<string, unknown>;
  readonly variables: { readonly a: boolean; readonly b?: boolean };
}

function* drawSamples(count: number, faults: Faults, stricter = 0): Generator<Sample> {
  let found = 0;
  for (let seed = 1; found < count; seed++) {
    const draw = createDraw(seed);
    const schema = drawSchema(draw, stricter);
    const stockSchema = buildSchemaFromAST(parse(printSchema(schema)));
    for (let attempt = 0; attempt < 12; attempt++) {
      const text = drawOperation(draw, schema);
      const document = parse(text);
      if (validate(schema, document).length > 0) continue;
      const query = schema.getQueryType();
      const data = query ? drawObject(draw, schema, query, 5, faults) : {};
      const variables = { a: draw(2) === 0, ...(draw(2) === 0 && { b: draw(2) === 0 }) };
      yield { schema, stockSchema, document, text, data, variables };
      found += 1;
    }
  }
}

const operationOf = (document: DocumentNode): OperationDefinitionNode =>
  document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;

function askOurs({ schema, document, data, variables }: Sample) {
  const shaper = createShaper(schema, operationOf(document), new Map());
  const before = JSON.stringify(data);
  const isUnescaped = !before.includes('\\');
  const [careful, compiled, plain] = [false, false, isUnescaped].map((is) =>
    shaper.write(variables, { data, errors: [], isUnescaped: is }),
  ) as [WrittenAnswer, WrittenAnswer, WrittenAnswer];
  const tree = shaper.shape(variables, data, []);
  expect(JSON.stringify(data)).toBe(before);
  expect(compiled).toEqual(careful);
  expect(plain).toEqual(careful);
  expect(JSON.stringify(tree.data)).toBe(careful.json);
  return careful;
}

const askStock = ({ stockSchema, document, data, variables }: Sample): StockAnswer =>
  computeResponse({
    operation: operationFromDocument(stockSchema, document, { validate: false }),
    variables,
    input: data,
    introspectionHandling: () => null,
  });

/** graphql-js over the same data, which answer under their response keys. */
const askReference = ({ schema, document, data, variables }: Sample): ExecutionResult =>
  execute({
    schema,
    document,
    rootValue: data,
    variableValues: variables,
    fieldResolver: (source: Record<string, unknown>, _a, _c, { path }) => source[path.key],
    typeResolver: (value: { __typename: string }) => value.__typename,
  }) as ExecutionResult;

type Path = readonly (string | number)[];

const pathsOf = (errors: readonly { readonly path?: Path | undefined }[] = []) =>
  errors.map(({ path = [] }) => path.join('.')).sort();

/** Where the null stands that came of an error; which of several siblings is told of depends on the order of the walk. */
function nullOf(data: unknown, path: Path): string {
  let value: unknown = data;
  const walked = path.filter((part) => {
    if (value === null) return false;
    value = (value as Record<string | number, unknown>)[part];
    return true;
  });
  return walked.join('.');
}

const count = inject('isFull') ? 600 : 40;

describe('on random graphs, operations and data', { timeout: 180_000 }, () => {
  it('good data: byte for byte what graphql-js answers, and in value what stock answers', () => {
    for (const sample of drawSamples(count, { nulls: 0, misfits: 0 })) {
      const ours = askOurs(sample);
      expect(ours.json, sample.text).toBe(JSON.stringify(askReference(sample).data));
      expect(JSON.parse(ours.json), sample.text).toEqual(JSON.parse(JSON.stringify(askStock(sample).data)));
    }
  });
  it('nulls anywhere, types stricter than their interfaces: byte for byte what graphql-js answers', () => {
    for (const sample of drawSamples(count, { nulls: 12, misfits: 0 }, 30)) {
      const ours = askOurs(sample);
      const reference = askReference(sample);
      expect(ours.json, sample.text).toBe(JSON.stringify(reference.data));
      expect(pathsOf(ours.errors), sample.text).toEqual(expect.arrayContaining(pathsOf(reference.errors)));
    }
  });
  it('values that do not fit: what stock answers, and errors for the same nulls', () => {
    for (const sample of drawSamples(count, { nulls: 4, misfits: 8 })) {
      const [ours, stock] = [askOurs(sample), askStock(sample)];
      const data: unknown = JSON.parse(ours.json);
      expect(data, sample.text).toEqual(JSON.parse(JSON.stringify(stock.data)));
      const told = (errors: readonly { readonly path?: Path | undefined }[]) =>
        [...new Set(errors.map(({ path = [] }) => nullOf(data, path)))].sort();
      expect(told(ours.errors), sample.text).toEqual(told(stock.errors));
    }
  });
});
