import type { CompiledNode } from '../compile/plan.ts';
import { runFetch } from './fetch.ts';
import type { Run } from './run.ts';

async function runInTurn(nodes: readonly CompiledNode[], run: Run): Promise<void> {
  for (const node of nodes) await runNode(node, run);
}

/** Runs a plan, each fetch once. What fails is told in the run's errors; never rejects because of an agency. */
export function runNode(node: CompiledNode, run: Run): Promise<unknown> {
  switch (node.kind) {
    case 'fetch':
      return runFetch(node, run);
    case 'sequence':
      return runInTurn(node.nodes, run);
    case 'parallel':
      return Promise.all(node.nodes.map((each) => runNode(each, run)));
    case 'condition': {
      const chosen = run.variables[node.variable] === true ? node.ifTrue : node.ifFalse;
      return chosen ? runNode(chosen, run) : Promise.resolve();
    }
  }
}
