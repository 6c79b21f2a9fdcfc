import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DecisionRecord } from '#schema';
import type { AgencyAnswer, AgencyRequest, AskAgency } from '../../gateway/agency-source.ts';
import { citizenCaller } from '../support/callers.ts';
import { numberOf, startMarkedGraph } from '../support/marked-graph.ts';

const caller = citizenCaller('c7');
const one = `citizen(personalId: "${numberOf(7)}")`;

type Change = (answer: AgencyAnswer, request: AgencyRequest) => AgencyAnswer;
const decisionsOf = ({ extensions }: AgencyAnswer) =>
  (extensions?.['decisions'] ?? []) as readonly DecisionRecord[];

/** Changes every decision whose scope is named; `null` takes it away. */
const changeDecision =
  (scope: string, change: (decision: DecisionRecord) => object | null): Change =>
  (answer) => ({
    ...answer,
    extensions: {
      decisions: decisionsOf(answer).flatMap((each) =>
        each.scope === scope ? (change(each) ?? []) : [each],
      ),
    },
  });

let changed: { readonly agency: string; readonly change: Change } | undefined;
let graph: Awaited<ReturnType<typeof startMarkedGraph>>;
beforeAll(async () => {
  const wrap = (name: string, ask: AskAgency): AskAgency => {
    return async (request) => {
      const answer = await ask(request);
      return changed?.agency === name ? changed.change(answer, request) : answer;
    };
  };
  graph = await startMarkedGraph({ wrap });
});
afterAll(() => graph.close());

/** Asks while the answers of one agency are changed on their way. */
async function askWith(agency: string, change: Change, document: string) {
  changed = { agency, change };
  return graph.ask(document, { caller });
}

const withoutDecision = (scope: string): Change => changeDecision(scope, () => null);

function expectDropped(
  errors: Awaited<ReturnType<typeof askWith>>['errors'],
  agency: string,
  ...paths: string[]
) {
  expect(errors.map(({ path }) => path?.join('.'))).toEqual(paths);
  for (const { extensions } of errors)
    expect(extensions).toMatchObject({ code: 'SUBGRAPH_BAD_RESPONSE', agency });
}

test('data that are decided on pass, and the decisions are kept for the receipt', async () => {
  const { data, errors, context } = await askWith(
    'residence',
    (answer) => answer,
    `{ ${one} { fullName residence { line } } }`,
  );
  expect(errors).toEqual([]);
  expect(data.citizen).toEqual({ fullName: 'name of c7', residence: { line: 'street of c7' } });
  expect(context.decisions).toMatchObject([
    { agency: 'population', scope: 'ANY', subject: 'c7', basis: 'SELF' },
    { agency: 'population', scope: 'PERSONAL_INFORMATION' },
    { agency: 'residence', scope: 'RESIDENCE', paths: ['_entities.0.residence'] },
  ]);
});

const broken: readonly (readonly [string, Change])[] = [
  ['no decision', withoutDecision('RESIDENCE')],
  ['no extensions', ({ data }) => ({ data })],
  ['extensions that are not decisions', ({ data }) => ({ data, extensions: { decisions: 'all of them' } })],
  [
    'a refusal',
    changeDecision('RESIDENCE', (each) => ({ ...each, isAllowed: false, basis: null, reason: 'NO_CONSENT' })),
  ],
  ['another scope', changeDecision('RESIDENCE', (each) => ({ ...each, scope: 'VEHICLES' }))],
  ['the scope of any', changeDecision('RESIDENCE', (each) => ({ ...each, scope: 'ANY' }))],
  ['an unknown scope', changeDecision('RESIDENCE', (each) => ({ ...each, scope: 'EVERYTHING' }))],
  ['another path', changeDecision('RESIDENCE', (each) => ({ ...each, paths: ['_entities.1.residence'] }))],
  [
    'the path of a parent',
    changeDecision('RESIDENCE', (each) => ({ ...each, paths: ['_entities.0', '_entities'] })),
  ],
  ['another subject', changeDecision('RESIDENCE', (each) => ({ ...each, subject: 'c8' }))],
  ['no subject', changeDecision('RESIDENCE', (each) => ({ ...each, subject: null }))],
  ['no basis', changeDecision('RESIDENCE', (each) => ({ ...each, basis: null }))],
  ['an unknown basis', changeDecision('RESIDENCE', (each) => ({ ...each, basis: 'FRIENDSHIP' }))],
  ['a reason beside the basis', changeDecision('RESIDENCE', (each) => ({ ...each, reason: 'STALE' }))],
  ['"true" for true', changeDecision('RESIDENCE', (each) => ({ ...each, isAllowed: 'true' }))],
  [
    'paths that are no texts',
    changeDecision('RESIDENCE', (each) => ({ ...each, paths: [['_entities', 0, 'residence']] })),
  ],
  [
    'a broken decision beside it',
    (answer) => ({ ...answer, extensions: { decisions: [...decisionsOf(answer), { subject: 1 }] } }),
  ],
];

test.each(broken)('a value with %s is dropped', async (_, change) => {
  const { data, errors } = await askWith('residence', change, `{ ${one} { fullName residence { line } } }`);
  expect(data.citizen).toEqual({ fullName: 'name of c7', residence: null });
  expectDropped(errors, 'residence', 'citizen.residence');
});

describe('wherever it is', () => {
  test('under a root field: the citizen as such', async () => {
    const { data, errors } = await askWith(
      'population',
      withoutDecision('ANY'),
      `{ x: ${one} { fullName } hello }`,
    );
    expect(data).toEqual({ x: null, hello: 'hello' });
    expectDropped(errors, 'population', 'x');
  });

  test('below an aliased root field', async () => {
    const { data, errors } = await askWith(
      'population',
      withoutDecision('PERSONAL_INFORMATION'),
      `{ x: ${one} { y: fullName ethnicity } }`,
    );
    expect(data).toEqual({ x: { y: null, ethnicity: 'people of c7' } });
    expectDropped(errors, 'population', 'x.y');
  });

  test('under two aliases, each with a decision of its own', async () => {
    const change = changeDecision('RESIDENCE', (each) => (each.paths[0]?.endsWith('.a') ? each : null));
    const { data, errors } = await askWith(
      'residence',
      change,
      `{ ${one} { a: residence { line } b: residence { line } } }`,
    );
    expect(data.citizen).toEqual({ a: { line: 'street of c7' }, b: null });
    expectDropped(errors, 'residence', 'citizen.b');
  });

  test('one person of a list', async () => {
    const list = `citizens(personalIds: ["${numberOf(7)}", "${numberOf(8)}", "${numberOf(900)}"])`;
    const lost = changeDecision('ANY', (each) => (each.paths[0]?.endsWith('.1') ? null : each));
    const { data, errors } = await askWith('population', lost, `{ ${list} { fullName } }`);
    expect(data.citizens).toEqual([{ fullName: 'name of c7' }, null, null]);
    expectDropped(errors, 'population', 'citizens.1');
  });

  test('an empty list says something, too', async () => {
    const empty: Change = ({ data }) => ({
      data: {
        _entities: (data as { _entities: object[] })._entities.map((each) => ({ ...each, dependants: [] })),
      },
    });
    const { data, errors } = await askWith('dependants', empty, `{ ${one} { dependants { relation } } }`);
    expect(data.citizen).toEqual({ dependants: null });
    expectDropped(errors, 'dependants', 'citizen.dependants');
  });

  test('nested: a person inside the data of another', async () => {
    const nested = changeDecision('DEPENDANTS', (each) => (each.subject === 'c70' ? null : each));
    const document = `{ ${one} { ...D } } fragment D on Citizen { dependants { citizen { ... on Citizen { dependants { relation } } } } }`;
    const { data, errors } = await askWith('dependants', nested, document);
    const [first, second] = data.citizen.dependants;
    expect(first.citizen).toEqual({ dependants: null });
    expect(second.citizen.dependants).toHaveLength(10);
    expectDropped(errors, 'dependants', 'citizen.dependants.0.citizen.dependants');
  });

  test('of entities in the wrong order nothing passes', async () => {
    const swapped: Change = (answer, { variables }) => {
      const entities = (answer.data as { _entities: object[] })._entities;
      const index = (path: string) => path.replace(/\d+/, (at) => String(entities.length - 1 - Number(at)));
      return {
        ...answer,
        data: { _entities: [...entities].reverse() },
        extensions: {
          decisions: decisionsOf(answer).map((each) => ({ ...each, paths: each.paths.map(index) })),
        },
        ...(variables && {}),
      };
    };
    const { data } = await askWith(
      'residence',
      swapped,
      `{ citizens(personalIds: ["${numberOf(7)}", "${numberOf(8)}"]) { residence { line } } }`,
    );
    expect(data.citizens).toEqual([{ residence: null }, { residence: null }]);
  });

  test('a mutation', async () => {
    const { data, errors } = await askWith(
      'population',
      withoutDecision('ANY'),
      `mutation { touch(personalId: "${numberOf(7)}") { fullName } wave }`,
    );
    expect(data).toEqual({ touch: null, wave: 'waved' });
    expectDropped(errors, 'population', 'touch');
  });
});

describe('what an agency says of a refusal', () => {
  const refusing =
    (extensions: object): Change =>
    ({ data }) => ({
      data: {
        _entities: (data as { _entities: object[] })._entities.map((each) => ({ ...each, residence: null })),
      },
      errors: [{ message: 'select * from secrets', path: ['_entities', 0, 'residence'], extensions }],
    });
  const ask = async (extensions: object) =>
    (await askWith('residence', refusing(extensions), `{ ${one} { residence { line } } }`)).errors[0];

  test('passes in the words of the table', async () => {
    const error = await ask({
      code: 'FORBIDDEN',
      reason: 'CONSENT_WITHDRAWN',
      scope: 'RESIDENCE',
      howTo: 'Pay.',
    });
    expect(error).toEqual({
      message: 'The consent was withdrawn.',
      path: ['citizen', 'residence'],
      extensions: {
        code: 'CONSENT_REQUIRED',
        reason: 'CONSENT_WITHDRAWN',
        scope: 'RESIDENCE',
        howTo: { en: expect.stringContaining('Stop using'), vi: expect.stringContaining('Ngừng') },
      },
    });
  });

  test.each([
    ['an unknown reason', { code: 'FORBIDDEN', reason: 'BAD_MOOD' }, 'FORBIDDEN'],
    ['an unknown code', { code: 'NO', reason: 'BAD_MOOD' }, 'INTERNAL_SERVER_ERROR'],
    [
      'a token of the gateway that it does not take',
      { code: 'UNAUTHENTICATED', reason: 'CALLER_TOKEN_INVALID' },
      'INTERNAL_SERVER_ERROR',
    ],
  ])('%s does not pass', async (_, extensions, code) => {
    const error = await ask(extensions);
    expect(error?.extensions.code).toBe(code);
    expect(error?.extensions).not.toHaveProperty('reason');
    expect(JSON.stringify(error)).not.toContain('secrets');
  });
});
