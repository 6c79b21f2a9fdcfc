import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { Router } from 'express';

/** Web origin of Apollo's hosted Sandbox, which may call the graph in development only. */
export const hostedSandboxOrigin = 'https://studio.apollographql.com';

export interface SandboxOptions {
  readonly query: string;
  /** A synthetic citizen's: the page hands them to Apollo's frame, which is on another host. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Path of the GraphQL endpoint on the same origin; `/graphql` when not given. */
  readonly endpoint?: string;
}

/** Apollo's page escapes only the first `<` of its configuration, so a later one could end its script. */
function assertEmbeddable(options: SandboxOptions): void {
  if (JSON.stringify(options).includes('<'))
    throw new Error('The Sandbox page takes no "<" in its first query.');
}

function createPlugin({ query, variables }: SandboxOptions): ApolloServerPlugin {
  return ApolloServerPluginLandingPageLocalDefault({
    document: query,
    variables: { ...variables },
    includeCookies: false,
    embed: { runTelemetry: false, endpointIsEditable: false, initialState: { pollForSchemaUpdates: false } },
  });
}

/** Apollo's page calls the address it was loaded from; this one calls the endpoint. */
function pointAt(endpoint: string, html: string): string {
  const own = 'var initialEndpoint = window.location.href;';
  if (!html.includes(own)) throw new Error('Apollo Server renders its Sandbox page differently now.');
  return html.replace(
    own,
    `var initialEndpoint = new URL(${JSON.stringify(endpoint)}, window.location.href).href;`,
  );
}

/** A fresh page; its content security policy carries a nonce that must not repeat. */
async function render(plugin: ApolloServerPlugin, endpoint: string): Promise<string> {
  const listener = await plugin.serverWillStart?.(
    {} as Parameters<NonNullable<typeof plugin.serverWillStart>>[0],
  );
  const page = await listener?.renderLandingPage?.();
  if (page === undefined) throw new Error('Apollo Server renders no Sandbox page.');
  return pointAt(endpoint, typeof page.html === 'string' ? page.html : await page.html());
}

/**
 * `GET /sandbox` is Apollo Server's embedded Apollo Sandbox with its telemetry off and a first query filled in. Its
 * script comes from Apollo's hosts: for development, and for those who have internet; offline it says so.
 */
export function createSandbox(options: SandboxOptions): Router {
  assertEmbeddable(options);
  const plugin = createPlugin(options);
  const router = Router();
  router.get('/sandbox', async (_request, response) => {
    const html = await render(plugin, options.endpoint ?? '/graphql');
    response.set({
      'cache-control': 'no-store',
      'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
    });
    response.type('html').send(html);
  });
  return router;
}
