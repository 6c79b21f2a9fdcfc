import { join } from 'node:path';
import type { Router } from 'express';
import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import type { GatewayConfig } from './config.ts';
import { createExplorer, createSandbox, hostedSandboxOrigin } from './explorer/index.ts';
import { examplePersonalId, profileQuery } from './explorer/profile-query.ts';
import { serveIssuerKeys } from './issuer-route.ts';

/** What the development issuer gives to the pages. */
export interface DevelopmentPages {
  /** A fresh, short-lived access token of the persona whose profile the explorer asks for. */
  readonly explorerToken: () => Promise<string>;
  readonly jwks: JSONWebKeySet;
}

/**
 * The pages for people: the explorer at `/`; in development also the Sandbox at `/sandbox`, and of the development
 * issuer, where there is one, its keys and a token for the explorer.
 */
export function createPages(
  config: GatewayConfig,
  log: Logger,
  development?: DevelopmentPages,
): readonly Router[] {
  const example = { query: profileQuery, variables: { personalId: examplePersonalId } };
  const cacheDir = join(config.dataDir, 'explorer');
  if (!config.isDevelopment) return [createExplorer({ ...example, cacheDir, log })];
  const explorer = createExplorer({ ...example, cacheDir, log, token: development?.explorerToken });
  return [explorer, createSandbox(example), ...(development ? [serveIssuerKeys(development.jwks)] : [])];
}

/** Apollo's hosted Sandbox may call the graph in development. */
export function developmentOrigins(config: GatewayConfig): readonly string[] {
  return config.isDevelopment ? [hostedSandboxOrigin] : [];
}
