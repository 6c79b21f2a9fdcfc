import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicErrors } from '#schema';
import { startContext } from '../../gateway/context.ts';
import { startGraph, type Graph } from '../../gateway/graph.ts';
import { findMisfits } from './conform.ts';
import { distort } from './distort.ts';
import { generateOperations } from './operations/generate.ts';
import { createRandom } from './random.ts';
import { startRun } from './sides/side.ts';
import { readWeather } from './world/weather.ts';
import { composeNamed } from './worlds/index.ts';

const operationsEach = 120;

describe.each(['shop', 'town'] as const)('agencies of %s that answer anything', (name) => {
  const world = composeNamed(name);
  let graph: Graph;
  let isEvil = true;
  beforeAll(async () => {
    graph = await startGraph({
      supergraph: world.supergraph,
      ownScalars: false,
      log: pino({ level: 'silent' }),
      askOf: (subgraph) => async (request) => {
        const answer = await world.subgraph(subgraph).ask(request, startRun(readWeather('fair:0'), false));
        const random = createRandom(`${request.requestId} ${subgraph} ${request.query}`);
        return isEvil ? distort(answer, random) : answer;
      },
    });
  });
  afterAll(() => graph.stop());

  const ask = async (
    query: string,
    variables: object,
    operationName: string | undefined,
    requestId: string,
  ) => {
    const request = { query, variables: { ...variables }, ...(operationName && { operationName }) };
    const { body } = await graph.apollo.executeOperation(request, {
      contextValue: startContext(requestId, { kind: 'anonymous' }),
    });
    if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
    return body.singleResult;
  };

  it('are answered for in the form of the schema, with known codes and without their words', async () => {
    const wrong: string[] = [];
    const told = new Map<string, number>();
    let count = 0;
    for (const operation of generateOperations(world.api, `distorted/${name}`, 'small')) {
      if ((count += 1) > operationsEach) break;
      const { text, variables, operationName } = operation;
      const { data, errors = [] } = await ask(text, variables, operationName, operation.seed);
      const sent = JSON.parse(JSON.stringify(data ?? null)) as unknown;
      const codes = errors.map(({ extensions }) => String(extensions?.['code']));
      for (const code of codes) told.set(code, (told.get(code) ?? 0) + 1);
      const faults = [
        ...findMisfits(world.api, operation, sent),
        ...codes.filter((code) => !Object.hasOwn(publicErrors, code)),
        ...(JSON.stringify(errors).includes('SECRET') ? ['tells the words of an agency'] : []),
        ...('isPolluted' in {} ? ['pollutes prototypes'] : []),
      ];
      if (faults.length > 0) wrong.push(`${text}\n${JSON.stringify(variables)}\n${faults.join('\n')}`);
    }
    expect(wrong.slice(0, 3).join('\n\n')).toBe('');
    expect(told.get('SUBGRAPH_BAD_RESPONSE')).toBeGreaterThan(operationsEach / 4);
  });

  it('spoil nothing for later', async () => {
    isEvil = false;
    let count = 0;
    for (const operation of generateOperations(world.api, `distorted/${name}`, 'small')) {
      if ((count += 1) > 30) break;
      const { text, variables, operationName } = operation;
      const before = await ask(text, variables, operationName, operation.seed);
      const after = await ask(text, variables, operationName, `${operation.seed} again`);
      expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    }
  });
});

describe('what is held against the schema', () => {
  const { api } = composeNamed('town');
  const misfitsOf = (text: string, data: unknown): string[] =>
    findMisfits(api, { text, variables: {} }, data);

  it.each<[string, string, unknown, string]>([
    ['null where nothing may be missing', '{ rate }', { rate: null }, 'data.rate is null'],
    ['text for a number', '{ rate }', { rate: '1' }, 'data.rate is no Float'],
    [
      'a value that the enum lacks',
      '{ citizens { mood } }',
      { citizens: [{ mood: 'ODD' }] },
      'data.citizens.0.mood is no Mood',
    ],
    ['an object for a list', '{ citizens { id } }', { citizens: {} }, 'data.citizens is no list'],
    ['a list for an object', '{ home { id } }', { home: [] }, 'data.home is no object'],
    [
      'what nobody asked for',
      '{ home { id } }',
      { home: { id: '1', value: 1 } },
      'data.home.value was not asked for',
    ],
  ])('%s', (_, text, data, misfit) => {
    expect(misfitsOf(text, data)).toEqual([misfit]);
  });

  it('what fits', () => {
    const data = { rate: 1.5, home: { p: [[null, [1]]] }, m: [{ m: 'CALM' }, { m: null }] };
    expect(misfitsOf('{ rate home { p: plan } m: citizens { ... on Citizen { m: mood } } }', data)).toEqual(
      [],
    );
  });
});
