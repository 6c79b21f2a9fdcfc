/** A Monaco worker by its label. */
interface WorkerFactory {
  readonly getWorker: (workerId: string, label: string) => object;
}

/** What the page reads out of its own HTML. */
interface PageElement {
  readonly textContent: string;
}

/** The storage that GraphiQL keeps its tabs in. */
export interface PageStorage {
  readonly length: number;
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
  readonly clear: () => void;
}

/**
 * The names of the browser that this page uses. TypeScript's DOM library would declare `name`, `status`, `close` and
 * a thousand others for the servers' sources too, where they hide mistakes.
 */
interface Browser {
  readonly document: { readonly getElementById: (id: string) => PageElement | null };
  readonly sessionStorage: PageStorage;
  readonly Worker: new (address: string, options: { readonly name: string }) => object;
  MonacoEnvironment?: WorkerFactory;
}

export const browser = globalThis as unknown as Browser;

/** The element with this id; the page is broken without it. */
export function elementOf(id: string): PageElement {
  const element = browser.document.getElementById(id);
  if (element === null) throw new Error(`The page lacks its element "${id}".`);
  return element;
}
