import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { fullNameOf, personaHouseholds } from '#db/population';
import {
  createExplorer,
  examplePersona,
  examplePersonalId,
  prepareBundle,
  profileQuery,
} from '../../../gateway/explorer/index.ts';
import { testAsOf, testNow } from '../../support/agency-under-test.ts';
import { citizenCaller, type Caller } from '../../support/callers.ts';
import { findChromium, isChromiumRequired, launchChromium } from '../../support/chromium.ts';
import { startGraphUnderTest } from '../../support/graph-under-test.ts';
import { accessTokenOf } from '../../support/test-issuer.ts';

const isMissing = findChromium() === undefined && !isChromiumRequired;
if (isMissing)
  console.warn('SKIPPED: no Chromium was found, so nobody has opened the explorer. Set CHROMIUM_PATH.');

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
const variables = { personalId: examplePersonalId };
/** A page that was opened then holds a token that has expired. */
const longAgo = new Date(testNow.getTime() - 86_400_000);

/** What went over the network and what the browser complained of. */
interface Observed {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

/** A request to the graph. */
interface Sent {
  readonly isIntrospection: boolean;
  readonly authorization: string | undefined;
}
const operationsOf = (sent: readonly Sent[]): readonly (string | undefined)[] =>
  sent.filter((each) => !each.isIntrospection).map((each) => each.authorization);

async function openPage(browser: Browser, origin: string): Promise<Observed> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => void requests.push(request.url()));
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.addInitScript(
    `document.addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective, event.blockedURI))`,
  );
  await page.goto(origin);
  return { page, requests, complaints };
}

/** What the tests read of the page; the functions that do run in the browser. */
interface PageGlobals {
  readonly document: {
    querySelector(selector: string): { readonly textContent: string } | null;
  };
  readonly sessionStorage: { getItem(key: string): string | null };
}

/** Waits until this part of the page shows the text; Monaco writes hard spaces. */
const shows = (page: Page, selector: string, text: string) =>
  page.waitForFunction(
    ([where, what]) => {
      const { document } = globalThis as unknown as PageGlobals;
      return document.querySelector(where)?.textContent.replaceAll('\u00a0', ' ').includes(what);
    },
    [selector, text] as const,
  );

const remembers = (page: Page, text: string) =>
  page.waitForFunction((what) => {
    const { sessionStorage } = globalThis as unknown as PageGlobals;
    return sessionStorage.getItem('graphiql:tabState')?.includes(what);
  }, text);

/** Whether the profile is whole; the first reads of a cold process may come too late for the register's limit. */
async function isAnswered(
  graph: Awaited<ReturnType<typeof startGraphUnderTest>>,
  caller: Caller,
): Promise<boolean> {
  for (let time = 0; time < 10; time += 1)
    if ((await graph.query(profileQuery, variables, caller)).errors === undefined) return true;
  return false;
}

// Half a minute in a browser: npm run test:proofs.
describe.skipIf(isMissing || !inject('isFull'))('the explorer in a browser', () => {
  let folder: string;
  let graph: Awaited<ReturnType<typeof startGraphUnderTest>>;
  let server: Server;
  let browser: Browser;
  let origin: string;
  let fullName: string;
  let isSignedIn: boolean;
  let given: string[];
  let sent: Sent[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explorer-page-'));
    await prepareBundle(folder);
    graph = await startGraphUnderTest();
    const person = personaHouseholds(testAsOf)
      .flatMap(({ members }) => members.map((member) => member.person))
      .find(({ persona }) => persona === examplePersona);
    const holder = citizenCaller(person?.citizenId ?? '');
    fullName = fullNameOf(person!.name);
    expect(await isAnswered(graph, holder)).toBe(true);
    const log = pino({ level: 'silent' });
    const token = async (): Promise<string> => {
      if (!isSignedIn) throw new Error('There is no token.');
      given.push(await accessTokenOf(holder, given.length === 0 ? longAgo : testNow));
      return given.at(-1) ?? '';
    };
    const app = express()
      .use('/graphql', express.json(), (request, _response, next) => {
        const { query = '' } = (request.body ?? {}) as { readonly query?: string };
        const { authorization } = request.headers;
        sent.push({ isIntrospection: query.includes('__schema'), authorization });
        next();
      })
      .use(createExplorer({ cacheDir: folder, query: profileQuery, variables, log, token }), graph.door);
    server = await new Promise((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });

  beforeEach(() => {
    [isSignedIn, given, sent] = [true, [], []];
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await graph?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('shows a persona’s profile when Run is pressed, and calls nobody else', async () => {
    const { page, requests, complaints } = await openPage(browser, `${origin}/`);
    expect(await page.title()).toContain('Việt Nam');
    await shows(page, '.graphiql-query-editor', 'idCards');
    await shows(page, '.graphiql-editor-tool', examplePersonalId);
    await shows(page, '.graphiql-doc-explorer-content', 'Citizen');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await shows(page, '.graphiql-response', fullName);
    const shots = process.env['UPDATE_SCREENSHOT'] === '1' ? docs : folder;
    await page.screenshot({ path: join(shots, 'explorer.png') });
    expect(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
    for (const worker of ['editor', 'graphql', 'json'])
      expect(requests.some((url) => url.startsWith(`${origin}/explorer/${worker}-`))).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('is signed in with a token that each press of Run renews, also when it has expired', async () => {
    const { page, complaints } = await openPage(browser, `${origin}/`);
    await shows(page, '.graphiql-query-editor', 'idCards');
    for (const times of [1, 2]) {
      const answered = page.waitForResponse((answer) => answer.url().endsWith('/graphql'));
      await page.getByRole('button', { name: /^Execute query/ }).click();
      expect((await answered).status()).toBe(200);
      expect(operationsOf(sent)).toHaveLength(times);
    }
    await shows(page, '.graphiql-response', fullName);
    const [first, second] = operationsOf(sent);
    expect(first).not.toBe(second);
    const fresh = given.slice(1).map((token) => `Bearer ${token}`);
    for (const authorization of operationsOf(sent)) expect(fresh).toContain(authorization);
    await page.getByRole('button', { name: 'Headers' }).click();
    await shows(page, '.graphiql-editor-tool', `Bearer ${given[0]?.slice(0, 20)}`);
    const stored = String(await page.evaluate('JSON.stringify({ ...sessionStorage })'));
    expect(stored).toContain('graphiql:queries');
    expect(stored).not.toMatch(/Bearer|eyJ/);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('without a token signs in nobody and still shows the graph', async () => {
    isSignedIn = false;
    const { page } = await openPage(browser, `${origin}/`);
    await shows(page, '.graphiql-doc-explorer-content', 'Citizen');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await shows(page, '.graphiql-response', 'UNAUTHENTICATED');
    expect(new Set(sent.map((each) => each.authorization))).toEqual(new Set([undefined]));
    await page.context().close();
  });

  test('tells what a field means, tidies a query, and completes names', async () => {
    const { data } = await graph.query('{ __type(name: "Citizen") { fields { name description } } }');
    const field = data.__type.fields.find((each: { name: string }) => each.name === 'fullName');
    const description = String(field.description).slice(0, 20);
    expect(description).toHaveLength(20);
    const { page, requests, complaints } = await openPage(browser, `${origin}/`);
    await shows(page, '.graphiql-doc-explorer-content', 'Citizen');
    await page
      .locator('.graphiql-doc-explorer-content')
      .getByText('Citizen', { exact: true })
      .first()
      .click();
    await shows(page, '.graphiql-doc-explorer-content', 'fullName');
    await shows(page, '.graphiql-doc-explorer-content', description);
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('query A{citizen(personalId:"1"){id fullN}}');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+Space');
    await shows(page, '.suggest-widget', 'fullName');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Prettify query/ }).click();
    await shows(page, '.graphiql-query-editor .view-lines', '    fullName');
    expect(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('keeps a changed query while the tab lives and forgets it with the tab', async () => {
    const { page } = await openPage(browser, `${origin}/`);
    await shows(page, '.graphiql-query-editor', 'idCards');
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('query Mine { __typename }');
    await remembers(page, 'Mine');
    await page.reload();
    await shows(page, '.graphiql-query-editor', 'Mine');
    expect(await page.evaluate('localStorage.length')).toBe(0);
    const other = await page.context().newPage();
    await other.goto(`${origin}/`);
    await shows(other, '.graphiql-query-editor', 'idCards');
    await page.context().close();
  });
});
