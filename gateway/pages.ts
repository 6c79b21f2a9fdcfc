import { join } from 'node:path';
import type { Router } from 'express';
import type { Logger } from 'pino';
import type { GatewayConfig } from './config.ts';
import { createExplorer, createSandbox, hostedSandboxOrigin } from './explorer/index.ts';
import { examplePersonalId, profileQuery } from './explorer/profile-query.ts';

/** The pages for people: the explorer at `/`; in development also the Sandbox at `/sandbox`. */
export function createPages(config: GatewayConfig, log: Logger): readonly Router[] {
  const example = { query: profileQuery, variables: { personalId: examplePersonalId } };
  const explorer = createExplorer({ ...example, cacheDir: join(config.dataDir, 'explorer'), log });
  return config.isDevelopment ? [explorer, createSandbox(example)] : [explorer];
}

/** Apollo's hosted Sandbox may call the graph in development. */
export function developmentOrigins(config: GatewayConfig): readonly string[] {
  return config.isDevelopment ? [hostedSandboxOrigin] : [];
}
