import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../support/running-graph.ts';
import { composeUsers, openSwapped } from '../support/swapped-graph.ts';

const old = composeUsers();
const renewed = composeUsers({ more: 'news: String' });
const query = '{ user { name reviews } }';
const right = { data: { user: { name: 'Ada', reviews: ['review of 1'] } } };
const news = '{ user { news } }';
const inUse = /is in use$/;
const refused = /^The new supergraph is refused, the old one stays in use\. ./;

let gateway: Awaited<ReturnType<typeof openSwapped>>;
beforeEach(async () => {
  gateway = await openSwapped(old);
});
afterEach(() => gateway.close());

describe('a supergraph file that changes', () => {
  it('answers new fields after the change, and none that are gone', async () => {
    expect((await ask(gateway.port, news)).errors?.[0]?.message).toMatch(/Cannot query field "news"/);
    let swapped = gateway.next(inUse);
    gateway.put(renewed);
    await swapped;
    expect(await ask(gateway.port, news)).toEqual({ data: { user: { news: 'new' } } });
    swapped = gateway.next(inUse);
    writeFileSync(gateway.file, old);
    await swapped;
    expect((await ask(gateway.port, news)).errors?.[0]?.message).toMatch(/Cannot query field "news"/);
    expect(await ask(gateway.port, query)).toEqual(right);
  });

  it('loses no request in 20 changes under load', async () => {
    let isOver = false;
    const answers: unknown[] = [];
    const client = async (nth: number): Promise<void> => {
      for (let round = 0; !isOver; round += 1) {
        const unknown = `{ user { name reviews a${nth}b${round}: name } }`;
        answers.push(await ask(gateway.port, round % 4 === 0 ? unknown : query));
      }
    };
    const clients = [1, 2].map(client);
    for (let change = 0; change < 20; change += 1) {
      const swapped = gateway.next(inUse);
      gateway.put(change % 2 === 0 ? renewed : old);
      await swapped;
    }
    isOver = true;
    await Promise.all(clients);
    const wrong = answers.filter((answer) => {
      const { data } = answer as { data?: { user?: { name?: string; reviews?: string[] } } };
      return data?.user?.name !== 'Ada' || data.user.reviews?.[0] !== 'review of 1';
    });
    expect([...new Set(wrong.map((answer) => JSON.stringify(answer)))]).toEqual([]);
    expect(answers.length).toBeGreaterThan(50);
    expect(gateway.seen).toMatchObject({
      opened: new Set(['http://users.test', 'http://reviews.test']),
      closed: [],
      stopped: 20,
    });
  });

  it.each([
    ['is none', 'type {', /Syntax Error/],
    ['is cut off', old.slice(0, old.length / 2), /./],
    ['is empty', '', /Syntax Error/],
    ['lost the marks of ours', composeUsers({ names: ['users', 'population'] }), /carries no marks/],
    ['wants what is not built here', old.replace('join/v0.3', 'join/v9.9'), /join/],
  ])('%s: is refused, and the old one stays', async (_, text, reason) => {
    const said = gateway.next(refused);
    gateway.put(text);
    expect((await said).msg).toMatch(reason);
    expect((await said).level).toBe(50);
    expect(await ask(gateway.port, query)).toEqual(right);
    expect(gateway.seen.stopped).toBe(0);
    const swapped = gateway.next(inUse);
    gateway.put(renewed);
    await swapped;
    expect(await ask(gateway.port, news)).toEqual({ data: { user: { news: 'new' } } });
  });

  it('that is written in pieces is read once, when it is whole', async () => {
    const swapped = gateway.next(inUse);
    const pieces = 40;
    for (let piece = 1; piece <= pieces; piece += 1) {
      writeFileSync(gateway.file, renewed.slice(0, (renewed.length / pieces) * piece));
      await wait(3);
    }
    await swapped;
    expect(await ask(gateway.port, news)).toEqual({ data: { user: { news: 'new' } } });
    expect(gateway.lines.filter(({ msg }) => refused.test(msg))).toEqual([]);
  });

  it('that is gone and comes back is used again', async () => {
    const gone = gateway.next(/gone/);
    rmSync(gateway.file);
    await gone;
    expect(await ask(gateway.port, query)).toEqual(right);
    const swapped = gateway.next(inUse);
    writeFileSync(gateway.file, renewed);
    await swapped;
    expect(await ask(gateway.port, news)).toEqual({ data: { user: { news: 'new' } } });
  });

  it('lets the old graph finish what it began, and stops it then', async () => {
    const release = gateway.hold();
    const begun = ask(gateway.port, query);
    await ask(gateway.port, '{ user { name } }');
    await gateway.replace(composeUsers({ more: 'news: String', reviewsUrl: 'http://other.test' }));
    expect(gateway.seen).toMatchObject({ closed: [], stopped: 0 });
    release();
    expect(await begun).toEqual(right);
    expect(gateway.seen).toMatchObject({
      opened: new Set(['http://users.test', 'http://reviews.test', 'http://other.test']),
      closed: ['http://reviews.test'],
      stopped: 1,
    });
    expect(await ask(gateway.port, news)).toEqual({ data: { user: { news: 'new' } } });
  });
});

describe('what was asked most', () => {
  it('is made ready in the new graph before it is used; what is not valid there is left out', async () => {
    await gateway.replace(renewed);
    for (const each of [news, query, news, query, query]) await ask(gateway.port, each);
    const swapped = gateway.next(inUse);
    await gateway.replace(old);
    expect(await swapped).toMatchObject({ ready: 1, dropped: 1 });
    expect(gateway.seen.warmed).toEqual([query, news]);
  });

  it('is not said of a text that is the one in use', async () => {
    const said = gateway.next(/in use already/);
    await gateway.replace(old);
    await said;
    expect(gateway.seen.stopped).toBe(0);
  });
});
