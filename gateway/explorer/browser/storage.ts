import type { PageStorage } from './window.ts';

/** A stored text without the request headers that any part of it holds. */
function dropHeaders(text: string): string {
  if (!text.startsWith('{')) return text;
  return JSON.stringify(JSON.parse(text), (name, value: unknown) => (name === 'headers' ? null : value));
}

/** A storage that keeps no headers: GraphiQL's history writes them down whatever it is told, access tokens included. */
export function keepNoHeaders(storage: PageStorage): PageStorage {
  return {
    get length() {
      return storage.length;
    },
    getItem: (key) => storage.getItem(key),
    setItem: (key, text) => storage.setItem(key, dropHeaders(text)),
    removeItem: (key) => storage.removeItem(key),
    clear: () => storage.clear(),
  };
}
