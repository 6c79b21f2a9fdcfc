import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { PageSettings } from './settings.ts';
import { formatHeaders, prefill, type Prefilled } from './prefilled.ts';
import { keepNoHeaders } from './storage.ts';
import { browser, elementOf } from './window.ts';
import { provideWorkers } from './workers.ts';

interface Operation {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
}

/** Sends one operation to the gateway and answers with its JSON, errors included. */
async function send(
  endpoint: string,
  operation: Operation,
  headers: Record<string, string>,
): Promise<object> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(operation),
  });
  return (await response.json()) as object;
}

/** The first query on a first visit; afterwards the tabs as they were left. */
function firstTab(settings: PageSettings): { initialQuery?: string; initialVariables?: string } {
  if (browser.sessionStorage.getItem('graphiql:tabState') !== null) return {};
  return { initialQuery: settings.query, initialVariables: settings.variables };
}

/** Tabs and history hold personal numbers: they live as long as the browser's tab, and headers are never kept. */
function show(settings: PageSettings, prefilled: Prefilled | null): void {
  const headers = prefilled && formatHeaders(prefilled);
  const explorer = createElement(GraphiQL, {
    fetcher: async (operation, options) => {
      const given = options?.headers ?? {};
      return send(settings.endpoint, operation, prefilled ? await prefilled.renew(given) : given);
    },
    ...firstTab(settings),
    ...(headers && { defaultHeaders: headers, initialHeaders: headers }),
    defaultEditorToolsVisibility: 'variables',
    plugins: [HISTORY_PLUGIN],
    visiblePlugin: 'Documentation Explorer',
    shouldPersistHeaders: false,
    schemaDescription: true,
    inputValueDeprecation: true,
    storage: keepNoHeaders(browser.sessionStorage),
  });
  createRoot(elementOf('explorer')).render(explorer);
}

const settings = JSON.parse(elementOf('settings').textContent) as PageSettings;
provideWorkers(settings.workers);
show(settings, await prefill(settings.tokenPath));
