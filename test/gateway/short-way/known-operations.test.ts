import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Engine, OperationText, PreparedOperation } from '../../../gateway/engine/engine.ts';
import type { Graph } from '../../../gateway/graph.ts';
import { createServe } from '../../../gateway/short-way/index.ts';
import { createKnownOperations } from '../../../gateway/short-way/known-operations.ts';
import type { Visit } from '../../../gateway/visit.ts';

function startEngine(sdl: string) {
  const prepared: OperationText[] = [];
  const operation = { write: async () => ({ json: '{}', errors: [] }) } as unknown as PreparedOperation;
  const engine: Engine = {
    apiSchema: buildSchema(sdl),
    prepare: (text) => {
      prepared.push(text);
      return operation;
    },
  };
  return { engine, prepared };
}

const sdl = 'type Query { a: Int b: Int }';
const textOf = (source: string, operationName?: string): OperationText => ({
  document: parse(source),
  operationName,
  queryHash: source,
  source,
});

describe('known operations', () => {
  test('are found by text and name', () => {
    const { engine } = startEngine(sdl);
    const known = createKnownOperations(() => engine);
    const source = 'query A { a } query B { b }';
    known.note(engine, textOf(source, 'A'));
    expect(known.find(source, 'A')?.engine).toBe(engine);
    expect(known.find(source, 'B')).toBeNull();
    expect(known.find(source, undefined)).toBeNull();
    expect(known.find(`${source} `, 'A')).toBeNull();
    known.note(engine, textOf('{ a }'));
    expect(known.find('{ a }', undefined)).not.toBeNull();
    expect(known.find('{ a }', '')).toBeNull();
  });

  test('are forgotten with their engine, and one that is no longer served is not noted', () => {
    const [old, fresh] = [startEngine(sdl), startEngine(sdl)];
    let { engine } = old;
    const known = createKnownOperations(() => engine);
    known.note(old.engine, textOf('{ a }'));
    engine = fresh.engine;
    expect(known.find('{ a }', undefined)).toBeNull();
    known.note(old.engine, textOf('{ a }'));
    expect(known.find('{ a }', undefined)).toBeNull();
    expect(known.learn('{ a }', undefined)?.engine).toBe(fresh.engine);
    expect(known.find('{ a }', undefined)?.engine).toBe(fresh.engine);
  });

  test.each([
    ['not GraphQL', '{ a', undefined],
    ['not of the schema', '{ c }', undefined],
    ['of a reserved alias', '{ __typename: a }', undefined],
    ['without the operation', 'query A { a }', 'B'],
    ['without a clear operation', 'query A { a } query B { b }', undefined],
    ['under an empty name', '{ a }', ''],
  ])('are not learned from a text that is %s', (_, source, name) => {
    const { engine, prepared } = startEngine(sdl);
    expect(createKnownOperations(() => engine).learn(source, name)).toBeNull();
    expect(prepared).toEqual([]);
  });

  test('are remembered within bounds', () => {
    const { engine } = startEngine(sdl);
    const known = createKnownOperations(() => engine);
    const sources = Array.from({ length: 50 }, (_, index) => `{ a } # ${index} ${'x'.repeat(300_000)}`);
    for (const source of sources) known.note(engine, textOf(source));
    const found = sources.filter((source) => known.find(source, undefined) !== null);
    expect(found.length).toBeGreaterThan(10);
    expect(found.length).toBeLessThan(30);
    expect(found.at(-1)).toBe(sources.at(-1));
  });
});

test('an operation that breaks on the short way is not run again on the other', async () => {
  let runs = 0;
  const write = async (): Promise<never> => {
    runs += 1;
    throw new Error('Broken.');
  };
  const schema = buildSchema(sdl);
  const prepared = { operation: parse('{ a }').definitions[0], write } as unknown as PreparedOperation;
  const engine: Engine = { apiSchema: schema, prepare: () => prepared };
  const known = createKnownOperations(() => engine);
  known.note(engine, textOf('{ a }'));
  const apollo = { executeHTTPGraphQLRequest: () => expect.unreachable() };
  const graph = { apollo, known, clockMs: () => 0 } as unknown as Graph;
  const headers = { 'content-type': 'application/json', 'content-length': '20' };
  const visit = {
    request: { method: 'POST', headers },
    response: { once: () => {}, destroyed: false },
    requestId: 'request-1',
    caller: { kind: 'anonymous' },
    body: { query: '{ a }' },
  } as unknown as Visit;
  await expect(createServe(graph, 'known')(visit)).rejects.toThrow('Broken.');
  expect(runs).toBe(1);
});
