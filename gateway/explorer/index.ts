export { createExplorer } from './explorer.ts';
export type { ExplorerOptions } from './explorer.ts';
export { prepareBundle } from './prepare.ts';
export { examplePersona, examplePersonalId, profileQuery } from './profile-query.ts';
export { createSandbox, hostedSandboxOrigin } from './sandbox.ts';
export type { SandboxOptions } from './sandbox.ts';
