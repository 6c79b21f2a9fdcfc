import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askOverHttp, type AgencyRequest, type HttpOptions } from '../../gateway/agency-source.ts';
import {
  answerAll,
  lineOf,
  linesHeaders,
  startBatchAgency,
  type AnswerMany,
  type BatchAgency,
  type SentEntry,
} from '../support/batch-agency.ts';

let agency: BatchAgency;
beforeEach(async () => {
  agency = await startBatchAgency();
});
afterEach(() => {
  vi.useRealTimers();
  agency.close();
});

const start = (options: Partial<HttpOptions> = {}) =>
  askOverHttp({ agency: 'reviews', url: agency.url, together: true, timeoutMs: 2000, ...options });
const requestOf = (name: string, more: Partial<AgencyRequest> = {}): AgencyRequest => ({
  query: '{ latest }',
  requestId: name,
  callerToken: `token of ${name}`,
  ...more,
});
const goodFor = (name: string, query = '{ latest }') => ({
  data: { latest: `${name} ${query}` },
  isUnescaped: true,
});
const failing = (code: string) =>
  expect.objectContaining({ extensions: { code, agency: 'reviews' } }) as unknown;
const names = ['a', 'b', 'c'];
/** What each of several calls at the same moment gets. */
const askAll = (ask: ReturnType<typeof start>, requests = names.map((name) => requestOf(name))) =>
  Promise.all(requests.map((request) => ask(request).catch((error: unknown) => error)));
const good = names.map((name) => goodFor(name));
const isOf = (name: string) => (entry: SentEntry) => entry.requestId === name;

describe('calls at the same moment', () => {
  test('go in one request, each with its own token and id; one vouches for the sender', async () => {
    let seen: readonly SentEntry[] = [];
    agency.answerMany((entries, response) => answerAll((seen = entries), response));
    expect(await askAll(start())).toEqual(good);
    expect(agency.sizes()).toEqual([3]);
    expect(agency.heads()).toEqual(['token of a']);
    expect(seen.map(({ callerToken, requestId, request }) => [callerToken, requestId, request])).toEqual(
      names.map((name) => [`token of ${name}`, name, { query: '{ latest }' }]),
    );
    expect(new Set(seen.map(({ id }) => id)).size).toBe(3);
  });

  test('ids are never used again', async () => {
    const ids: number[] = [];
    agency.answerMany((entries, response) => {
      ids.push(...entries.map(({ id }) => id));
      answerAll(entries, response);
    });
    const ask = start();
    await askAll(ask);
    await askAll(ask);
    expect(new Set(ids).size).toBe(6);
  });

  test('a body that is written already travels as it is', async () => {
    let sent: unknown;
    agency.answerMany((entries, response) => {
      sent = entries.map(({ request }) => request);
      answerAll(entries, response);
    });
    const body = '{"query":"{ latest }","variables":{"__proto__":1,"é":"\\ud83d\\ude00"}}';
    await askAll(start(), [requestOf('a', { body, query: '{ other }' }), requestOf('b', { body })]);
    expect(sent).toEqual([JSON.parse(body), JSON.parse(body)]);
  });

  test('one alone goes alone, and so do mutations and calls without a token', async () => {
    const ask = start();
    const mutation = 'mutation { latest }';
    expect(await ask(requestOf('a'))).toEqual(goodFor('a'));
    const requests = [
      requestOf('a'),
      requestOf('b', { query: mutation }),
      requestOf('c', { query: mutation }),
      requestOf('d', { callerToken: undefined }),
    ];
    expect(await askAll(ask, requests)).toEqual([
      goodFor('a'),
      goodFor('b', mutation),
      goodFor('c', mutation),
      goodFor('d'),
    ]);
    expect(agency.sizes()).toEqual([1, 1, 1, 1, 1]);
  });

  test('at most 64 in one request', async () => {
    const requests = Array.from({ length: 130 }, (_, index) => requestOf(`n${index}`));
    expect(await askAll(start(), requests)).toEqual(requests.map(({ requestId }) => goodFor(requestId)));
    expect(agency.sizes()).toEqual([64, 64, 2]);
  });

  test('a request grows to a megabyte, not beyond what an agency reads', async () => {
    const long = { variables: { text: 'x'.repeat(700_000) } };
    const requests = names.map((name) => requestOf(name, long));
    expect(await askAll(start(), requests)).toEqual(good);
    expect([...agency.sizes()].sort()).toEqual([1, 2]);
  });

  test('without being allowed to, they go alone', async () => {
    expect(await askAll(start({ together: false }))).toEqual(good);
    expect(agency.sizes()).toEqual([1, 1, 1]);
  });
});

describe('calls while others are under way', () => {
  test('wait for the one to end, then go together', async () => {
    const held: (() => void)[] = [];
    agency.answerMany((entries, response) => void held.push(() => answerAll(entries, response)));
    const ask = start();
    const first = askAll(ask);
    await agency.untilAsked(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const second = askAll(ask);
    await new Promise((resolve) => void setImmediate(resolve));
    const third = askAll(ask);
    await new Promise((resolve) => void setImmediate(resolve));
    expect(agency.sizes()).toEqual([3]);
    held[0]?.();
    expect(await first).toEqual(good);
    await agency.untilAsked(2);
    expect(agency.sizes()).toEqual([3, 6]);
    for (const release of held.slice(1)) release();
    expect(await Promise.all([second, third])).toEqual([good, good]);
  });

  test('do not wait long for one that hangs', async () => {
    agency.answerMany(() => {});
    const ask = start();
    const hanging = [askAll(ask)];
    await agency.untilAsked(1);
    hanging.push(askAll(ask));
    await agency.untilAsked(2);
    agency.answerMany(answerAll);
    const startedMs = performance.now();
    expect(await askAll(ask)).toEqual(good);
    expect(performance.now() - startedMs).toBeLessThan(1500);
    agency.close();
    await Promise.all(hanging);
  });
});

const changed =
  (change: (entries: readonly SentEntry[]) => string): AnswerMany =>
  (entries, response) =>
    void response.writeHead(200, linesHeaders).end(change(entries));
const only = (name: string, line: (entry: SentEntry) => string): AnswerMany =>
  changed((entries) => entries.map((entry) => (isOf(name)(entry) ? line(entry) : lineOf(entry))).join(''));
const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const huge = 'x'.repeat(20_000);
const evil = '"__proto__":{"id":1,"data":{"latest":"foreign"}},"constructor":{"prototype":{}}';

describe('one failing entry fails alone', () => {
  test.each<[string, AnswerMany]>([
    ['garbage', only('b', ({ id }) => `{"id":${id},"data":{"lat\n`)],
    ['no id', only('b', () => '{"data":{"latest":"whose?"}}\n')],
    ["somebody else's old id", only('b', (entry) => lineOf({ ...entry, id: entry.id - 1_000 }))],
    ['a text for its id', only('b', (entry) => lineOf(entry, { id: String(entry.id) }))],
    ['an id in the prototype', only('b', ({ id }) => `{"__proto__":{"id":${id}},"data":{"latest":"x"}}\n`)],
    ['no line', only('b', () => '')],
    ['a list for data', only('b', (entry) => lineOf(entry, { data: [] }))],
    ['no data and no errors', only('b', (entry) => lineOf(entry, { data: null }))],
    ['errors that are none', only('b', (entry) => lineOf(entry, { errors: ['x'] }))],
    ['a list', only('b', () => '[]\n')],
    ['5,000 deep', only('b', ({ id }) => `{"id":${id},"data":{"latest":${deep(5e3)}}}\n`)],
    ['too long', only('b', (entry) => lineOf(entry, { data: { latest: huge } }))],
    ['too long, its id last', only('b', ({ id }) => `{"data":{"latest":"${huge}"},"id":${id}}\n`)],
  ])('%s', async (_, answer) => {
    agency.answerMany(answer);
    const ask = start({ maxBytes: 15_000 });
    expect(await askAll(ask)).toEqual([goodFor('a'), failing('SUBGRAPH_BAD_RESPONSE'), goodFor('c')]);
    agency.answerMany(answerAll);
    expect(await askAll(ask)).toEqual(good);
    expect(agency.sizes()).toEqual([3, 3]);
  });

  test('with errors of its own', async () => {
    const error = { message: 'no', path: ['latest'], extensions: { code: 'CONSENT_REQUIRED' } };
    agency.answerMany(only('b', (entry) => lineOf(entry, { data: { latest: null }, errors: [error] })));
    expect(await askAll(start())).toEqual([
      goodFor('a'),
      { data: { latest: null }, errors: [error], isUnescaped: true },
      goodFor('c'),
    ]);
  });

  test.each([0, 1, 2])(
    'that hangs, being number %d: the others have their answers meanwhile',
    async (index) => {
      agency.answerMany((entries, response) => {
        response.writeHead(200, linesHeaders);
        response.write(
          entries
            .filter((_, each) => each !== index)
            .map((entry) => lineOf(entry))
            .join(''),
        );
      });
      const ask = start({ timeoutMs: 300 });
      const calls = names.map((name) => ask(requestOf(name)).catch((error: unknown) => error));
      const hanging = calls[index] ?? expect.unreachable();
      const startedMs = performance.now();
      const others = calls.filter((_, each) => each !== index);
      expect(await Promise.all(others)).toEqual(good.filter((_, each) => each !== index));
      expect(performance.now() - startedMs).toBeLessThan(800);
      expect(await hanging).toEqual(failing('SUBGRAPH_TIMEOUT'));
      await agency.untilOpen(0);
    },
  );

  test('answers in any order, cut anywhere, with empty lines, keys like __proto__ and no last line feed', async () => {
    agency.answerMany((entries, response) => {
      const lines = [...entries].reverse().map((entry) => lineOf(entry).replace('{', `{${evil},`));
      const bytes = Buffer.from(`\n${lines.join('\n').trimEnd()}`);
      response.writeHead(200, linesHeaders);
      for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7));
      response.end();
    });
    expect(await askAll(start())).toEqual(good);
    expect(({} as Record<string, unknown>)['data']).toBeUndefined();
  });

  test('the first of two answers counts', async () => {
    agency.answerMany(
      changed((entries) =>
        entries.map((entry) => lineOf(entry) + lineOf(entry, { data: { latest: 'second' } })).join(''),
      ),
    );
    expect(await askAll(start())).toEqual(good);
  });
});

describe('when a request fails as a whole', () => {
  const reset: AnswerMany = (_, response) => void response.socket?.resetAndDestroy();
  test.each<[string, AnswerMany]>([
    ['is lost before the answer', reset],
    ['is refused for its first token', (_, response) => void response.writeHead(401).end('{}')],
    ['is refused for its size', (_, response) => void response.writeHead(413).end()],
  ])('%s: each is sent once more, alone', async (_, answer) => {
    agency.answerMany(answer);
    expect(await askAll(start())).toEqual(good);
    expect(agency.sizes()).toEqual([3, 1, 1, 1]);
  });

  test('in the middle: who has an answer keeps it, the others are sent once more, alone', async () => {
    agency.answerMany((entries, response) => {
      const [first = expect.unreachable(), second = expect.unreachable()] = entries;
      response.writeHead(200, linesHeaders);
      const text = lineOf(first) + lineOf(second).slice(0, 20);
      response.write(text, () => response.socket?.resetAndDestroy());
    });
    expect(await askAll(start())).toEqual(good);
    expect(agency.sizes()).toEqual([3, 1, 1]);
  });

  test('and alone once more, nobody is sent a third time', async () => {
    agency.answerMany(reset);
    agency.answerAlone((response) => {
      response.socket?.resetAndDestroy();
      return true;
    });
    expect(await askAll(start())).toEqual(names.map(() => failing('SUBGRAPH_UNAVAILABLE')));
    expect(agency.sizes()).toEqual([3, 1, 1, 1]);
  });

  test.each<[string, string, AnswerMany]>([
    ['500', 'SUBGRAPH_BAD_RESPONSE', (_, response) => void response.writeHead(500).end('SELECT')],
    ['503', 'SUBGRAPH_UNAVAILABLE', (_, response) => void response.writeHead(503).end()],
    [
      'HTML',
      'SUBGRAPH_BAD_RESPONSE',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    ],
    [
      'JSON',
      'SUBGRAPH_BAD_RESPONSE',
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('[]'),
    ],
    [
      'gzip',
      'SUBGRAPH_BAD_RESPONSE',
      (entries, response) => {
        response.writeHead(200, { ...linesHeaders, 'content-encoding': 'gzip' });
        response.end(entries.map((entry) => lineOf(entry)).join(''));
      },
    ],
    ['nothing', 'SUBGRAPH_BAD_RESPONSE', (_, response) => void response.writeHead(200, linesHeaders).end()],
    ['no HTTP', 'SUBGRAPH_BAD_RESPONSE', (_, response) => void response.socket?.end('who is there?\r\n\r\n')],
  ])('%s is of all, and not tried again', async (_, code, answer) => {
    agency.answerMany(answer);
    expect(await askAll(start())).toEqual(names.map(() => failing(code)));
    expect(agency.sizes()).toEqual([3]);
  });

  test.each([404, 405])('%d: the agency knows no batches, and is never sent one again', async (status) => {
    agency.answerMany((_, response) => void response.writeHead(status).end());
    const ask = start();
    expect(await askAll(ask)).toEqual(good);
    expect(await askAll(ask)).toEqual(good);
    expect(agency.sizes()).toEqual([3, 1, 1, 1, 1, 1, 1]);
  });

  test('a flood is cut off', async () => {
    let written = 0;
    const piece = Buffer.alloc(2 ** 16, 'x');
    agency.answerMany((_, response) => {
      response.writeHead(200, linesHeaders);
      const pour = (): void => {
        while (!response.destroyed && written < 2 ** 26) {
          written += piece.length;
          if (!response.write(piece)) return void response.once('drain', pour);
        }
      };
      pour();
    });
    expect(await askAll(start({ maxBytes: 100_000 }))).toEqual(
      names.map(() => failing('SUBGRAPH_BAD_RESPONSE')),
    );
    await agency.untilOpen(0);
    expect(written).toBeLessThan(2 ** 25);
  });

  test('an agency that has answered all and does not end is left', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    agency.answerMany((entries, response) => {
      response.writeHead(200, linesHeaders);
      response.write(entries.map((entry) => lineOf(entry)).join(''));
    });
    expect(await askAll(start())).toEqual(good);
    await agency.untilOpen(1);
    await vi.advanceTimersByTimeAsync(1000);
    await agency.untilOpen(0);
  });
});

describe('who leaves', () => {
  test('takes nobody along; when all have left, nobody is asked for them any more', async () => {
    const held: (() => void)[] = [];
    agency.answerMany((entries, response) => void held.push(() => answerAll(entries, response)));
    const ask = start();
    const leaving = names.map(() => new AbortController());
    const calls = askAll(
      ask,
      names.map((name, index) => requestOf(name, { signal: leaving[index]?.signal })),
    );
    await agency.untilAsked(1);
    leaving[0]?.abort();
    leaving[2]?.abort();
    held[0]?.();
    expect(await calls).toEqual([failing('REQUEST_CANCELLED'), goodFor('b'), failing('REQUEST_CANCELLED')]);

    const others = names.map(() => new AbortController());
    const gone = askAll(
      ask,
      names.map((name, index) => requestOf(name, { signal: others[index]?.signal })),
    );
    await agency.untilOpen(1);
    for (const each of others) each.abort();
    expect(await gone).toEqual(names.map(() => failing('REQUEST_CANCELLED')));
    await agency.untilOpen(0);
  });

  test('before the request is sent is not in it', async () => {
    const leaving = new AbortController();
    const calls = askAll(start(), [
      requestOf('a', { signal: leaving.signal }),
      requestOf('b'),
      requestOf('c'),
    ]);
    leaving.abort();
    expect(await calls).toEqual([failing('REQUEST_CANCELLED'), goodFor('b'), goodFor('c')]);
    expect(agency.sizes()).toEqual([2]);
    expect(agency.heads()).toEqual(['token of b']);
  });

  test('300 at once: within a second nothing is under way', async () => {
    agency.answerMany(() => {});
    agency.answerAlone(() => true);
    const ask = start({ timeoutMs: 20_000, connections: 4 });
    const leaving = Array.from({ length: 300 }, () => new AbortController());
    const calls = leaving.map(({ signal }, index) =>
      ask(requestOf(`n${index}`, { signal })).catch((error: unknown) => error),
    );
    await agency.untilAsked(1);
    const startedMs = performance.now();
    for (const each of leaving) each.abort();
    await agency.untilOpen(0);
    expect(performance.now() - startedMs).toBeLessThan(1000);
    expect(agency.sockets()).toBeLessThanOrEqual(4);
    expect((await Promise.all(calls)).slice(0, 80)).toEqual(Array(80).fill(failing('REQUEST_CANCELLED')));
    agency.answerMany(answerAll);
    expect(await askAll(ask)).toEqual(good);
  });
});

describe('an agency that is down', () => {
  const timeoutMs = 100;
  async function askInVain(ask: ReturnType<typeof start>, count: number) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    agency.answerMany(() => {});
    const requests = Array.from({ length: count }, (_, index) => requestOf(`n${index}`));
    const answers = askAll(ask, requests);
    await agency.untilAsked(1);
    await vi.advanceTimersByTimeAsync(timeoutMs);
    return answers;
  }

  test('every call that came to nothing counts, however they travelled', async () => {
    const ask = start({ timeoutMs });
    expect(await askInVain(ask, 10)).toEqual(Array(10).fill(failing('SUBGRAPH_TIMEOUT')));
    await expect(ask(requestOf('a'))).rejects.toEqual(failing('SUBGRAPH_UNAVAILABLE'));
    expect(agency.sizes()).toEqual([10]);
    agency.answerMany(answerAll);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await ask(requestOf('a'))).toEqual(goodFor('a'));
  });

  test('calls at once and calls that wait are limited', async () => {
    const answers = await askInVain(start({ connections: 1, maxCalls: 2, timeoutMs }), 7);
    expect(answers[6]).toEqual(failing('SUBGRAPH_UNAVAILABLE'));
    expect(answers.slice(0, 6)).toEqual(Array(6).fill(failing('SUBGRAPH_TIMEOUT')));
    expect(agency.sizes()[0]).toBe(2);
  });
});
