import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../gateway/engine/engine.ts';
import { createGraphEngine } from '../../gateway/graph.ts';
import { createHotOperations } from '../../gateway/hot-operations.ts';
import { keepAgencies, type OpenAgency } from '../../gateway/kept-agencies.ts';
import { createKnownOperations } from '../../gateway/short-way/known-operations.ts';
import { createWarm } from '../../gateway/warm-up.ts';

const typeDefs = parse('type Query { greeting(name: String): String }');
const { supergraphSdl } = composeServices([{ name: 'hello', url: 'http://hello.test', typeDefs }]);
const ask = vi.fn<OpenAgency>(async () => ({ data: {} }));
const engine = await createGraphEngine({
  supergraph: supergraphSdl ?? '',
  askOf: () => ask,
  ownScalars: false,
  log: pino({ level: 'silent' }),
});
const known = createKnownOperations(() => engine);

describe('warming up', () => {
  const warm = createWarm(engine, known);

  it.each([
    ['valid', '{ greeting }', undefined, true],
    ['by name', 'query A { greeting } query B { g: greeting }', 'B', true],
    ['no longer valid', '{ goodbye }', undefined, false],
    ['with an alias that is not allowed', '{ __typename: greeting }', undefined, false],
    ['not even GraphQL', '{', undefined, false],
    ['without the operation', 'query A { greeting } query B { greeting }', 'C', false],
  ])('%s', (_, source, operationName, isReady) => {
    expect(warm({ source, operationName })).toBe(isReady);
    expect(known.find(source, operationName) !== null).toBe(isReady);
    expect(ask).not.toHaveBeenCalled();
  });

  it('plans what can be planned ahead', () => {
    const plan = vi.fn();
    const planned: Engine = {
      ...engine,
      prepare: (text) => {
        const prepared = engine.prepare(text);
        return prepared && Object.assign({}, prepared, { plan });
      },
    };
    expect(createWarm(planned, known)({ source: '{ greeting }', operationName: undefined })).toBe(true);
    expect(plan).toHaveBeenCalledOnce();
  });
});

describe('the most asked operations', () => {
  const named = (source: string, operationName?: string) => ({ source, operationName });

  it('come first, and count half later', () => {
    const hot = createHotOperations();
    for (const source of ['{ a }', '{ b }', '{ b }', '{ c }', '{ c }', '{ c }']) hot.note(named(source));
    expect(hot.take(2)).toEqual([named('{ c }'), named('{ b }')]);
    for (const source of ['{ a }', '{ a }']) hot.note(named(source));
    expect(hot.take(1)).toEqual([named('{ a }')]);
  });

  it('are told apart by name, and are bounded', () => {
    const hot = createHotOperations();
    hot.note(named('{ a }', 'A'));
    hot.note(named('{ a }', 'B'));
    expect(hot.take(10)).toHaveLength(2);
    for (let nth = 0; nth < 30_000; nth += 1) hot.note(named(`{ field${nth} }`));
    expect(hot.take(100_000).length).toBeLessThan(20_000);
  });
});

describe('agencies that are kept', () => {
  const closed: string[] = [];
  const opened: string[] = [];
  const lease = keepAgencies((name, url) => {
    opened.push(`${name} ${url}`);
    return Object.assign(async () => ({}), { close: async () => void closed.push(`${name} ${url}`) });
  });

  it('are the same at the same address, and are closed after the last lease only', () => {
    const first = lease();
    const second = lease();
    const asks = [first.askOf('a', 'u'), first.askOf('a', 'u'), second.askOf('a', 'u')];
    expect(new Set(asks).size).toBe(1);
    expect(second.askOf('a', 'v')).not.toBe(asks[0]);
    first.end();
    first.end();
    expect(closed).toEqual([]);
    second.end();
    expect({ opened, closed }).toEqual({ opened: ['a u', 'a v'], closed: ['a u', 'a v'] });
    const third = lease();
    expect(third.askOf('a', 'u')).not.toBe(asks[0]);
  });
});
