import { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { serveAssets } from './assets.ts';
import type { WorkerAddresses } from './browser/workers.ts';
import { layOut } from './layout.ts';
import { contentSecurityPolicy, etagOf, renderPage } from './page.ts';
import { prepareBundle, type Bundle } from './prepare.ts';

export interface ExplorerOptions {
  /** Folder for the bundle; made when it is missing. */
  readonly cacheDir: string;
  /** The query that stands in the editor on the first visit, laid out for it. */
  readonly query: string;
  /** Its variables; they become part of a public page, so never a real citizen's. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** Path of the GraphQL endpoint on the same origin; `/graphql` when not given. */
  readonly endpoint?: string;
  /** A synthetic citizen's access token, made anew for each call, so that the first query answers. Development only. */
  readonly token?: (() => Promise<string>) | undefined;
}

const base = '/explorer/';
const tokenPath = `${base}token`;

/** Columns of the editor on a screen 1,440 pixels wide, the documentation open. */
const editorColumns = 39;

/** Prepares once for all who ask; after a failure the next who asks tries again. */
function shareBundle(cacheDir: string, log: ExplorerOptions['log']): () => Promise<Bundle> {
  let shared: Promise<Bundle> | null = null;
  return () => {
    shared ??= prepareBundle(cacheDir).catch((error: unknown) => {
      shared = null;
      log.error({ err: error }, 'the explorer could not be prepared');
      throw error;
    });
    return shared;
  };
}

function addressesOf({ editor, graphql, json }: WorkerAddresses): WorkerAddresses {
  return { editor: base + editor, graphql: base + graphql, json: base + json };
}

function servePage(bundle: () => Promise<Bundle>, options: ExplorerOptions): RequestHandler {
  const endpoint = options.endpoint ?? '/graphql';
  const query = layOut(options.query, editorColumns);
  const variables = JSON.stringify(options.variables, null, 2);
  return async (_request, response) => {
    const { manifest } = await bundle();
    const workers = addressesOf(manifest.workers);
    const html = renderPage(manifest, base, {
      endpoint,
      query,
      variables,
      workers,
      tokenPath: options.token ? tokenPath : null,
    });
    response.set({
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-cache',
      etag: etagOf(html),
    });
    response.type('html').send(html);
  };
}

/** Other origins cannot read it: there is no CORS header, and the resource is for its own origin only. */
function serveToken(token: () => Promise<string>): RequestHandler {
  return async (_request, response) => {
    const text = await token();
    response.set({ 'cache-control': 'no-store' }).type('text').send(text);
  };
}

const protect: RequestHandler = (_request, response, next) => {
  response.set({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  next();
};

/** Says that the page is missing and what still works; the cause is in the log. */
const refuse: ErrorRequestHandler = (_error, _request, response, next) => {
  if (response.headersSent) return next(_error);
  response
    .status(503)
    .set({ 'cache-control': 'no-store' })
    .type('text')
    .send(
      'The explorer could not be prepared.\nThe graph itself answers. The log says why; "npm run explorer" prepares it again.\n',
    );
};

/**
 * `GET /` is GraphiQL with a first query filled in, `GET /explorer/*` its files. The bundle is made on the first
 * request (about 2 s; later starts find it in `cacheDir`), so mounting costs nothing. When it cannot be made, both
 * answer 503 and the next request tries again.
 */
export function createExplorer(options: ExplorerOptions): Router {
  const bundle = shareBundle(options.cacheDir, options.log);
  const router = Router();
  router.get('/', protect, servePage(bundle, options), refuse);
  if (options.token) router.get(tokenPath, protect, serveToken(options.token));
  router.get(`${base}:file`, protect, serveAssets(bundle), refuse);
  return router;
}
