import express from 'express';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { createSandbox, hostedSandboxOrigin, profileQuery } from '../../../gateway/explorer/index.ts';

const variables = { personalId: '099085990000' };
const get = () =>
  supertest(express().use(createSandbox({ query: profileQuery, variables })))
    .get('/sandbox')
    .expect(200);
const configOf = (html: string) => JSON.parse(/var embeddedSandboxConfig = (\{.*\});/.exec(html)?.[1] ?? '');

test('has the first query filled in and its telemetry off', async () => {
  const { text, headers } = await get();
  const config = configOf(text);
  expect(config.runTelemetry).toBe(false);
  expect(config.endpointIsEditable).toBe(false);
  expect(config.initialState).toMatchObject({
    document: profileQuery,
    variables,
    pollForSchemaUpdates: false,
  });
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
});

test('asks the graph, not the page’s own address', async () => {
  const { text } = await get();
  expect(text).toContain('var initialEndpoint = new URL("/graphql", window.location.href).href;');
  expect(text).not.toContain('= window.location.href;');
});

test('has a nonce that does not repeat', async () => {
  const nonceOf = (html: string) => /'nonce-([0-9a-f]+)'/.exec(html)?.[1];
  const [one, two] = [nonceOf((await get()).text), nonceOf((await get()).text)];
  expect(one).toBeTruthy();
  expect(one).not.toBe(two);
});

test('refuses what could end its script', () => {
  expect(() => createSandbox({ query: '{ a(b: "<") }', variables })).toThrow('takes no "<"');
  expect(() => createSandbox({ query: '{ a }', variables: { a: '</script>' } })).toThrow('takes no "<"');
});

test('is called from one foreign origin only', () => {
  expect(hostedSandboxOrigin).toBe('https://studio.apollographql.com');
});
