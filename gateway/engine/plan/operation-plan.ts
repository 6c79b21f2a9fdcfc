import type { QueryPlan } from '@apollo/query-planner';
import { Kind, type DocumentNode } from 'graphql';
import {
  asksUnresolvable,
  createAliasSeparation,
  losesFields,
  publicPath,
  repairPlan,
  type RequestRewrites,
  type Separated,
} from '../repair/index.ts';
import { selectOperation, type SelectedOperation, type VariableValues } from '../operation.ts';
import { orderMutation } from './mutation-order.ts';
import { isTooLarge, type Planner } from './planner.ts';
import { spellTypes } from './spell-types.ts';
import { freeVariable } from './variables.ts';

/** How an operation is to be answered. */
export interface OperationPlan {
  readonly plan: QueryPlan;
  /** Values of the client's variables under the names that the plan has for them. */
  readonly renameVariables: (values: VariableValues) => VariableValues;
  /** Gives merged data the client's response keys, in place. */
  readonly putBack: Separated['putBack'] | null;
  /** A path in merged data as the client knows it. */
  readonly publicPath: (path: readonly (string | number)[]) => readonly (string | number)[];
}

/** The operation and its fragments alone. */
const documentOf = ({ operation, fragments }: SelectedOperation): DocumentNode => ({
  kind: Kind.DOCUMENT,
  definitions: [operation, ...fragments.values()],
});

/** The plan of an operation; of the same in other words, where the planner has none for its own. */
function planSpelt(planner: Planner, selected: SelectedOperation, name: string | undefined): QueryPlan {
  try {
    return planner.plan(documentOf(selected), name);
  } catch (error) {
    const spelt = isTooLarge(error) ? null : spellTypes(selected, planner.apiSchema);
    if (!spelt) throw error;
    return planner.plan(documentOf(spelt), name);
  }
}

/** Plans over a repaired supergraph, with what the planner gets wrong put right. @throws when there is no plan */
export function createOperationPlanner(planner: Planner, rewrites: RequestRewrites) {
  const separate = createAliasSeparation(rewrites);
  return (selected: SelectedOperation): OperationPlan => {
    const name = selected.operation.name?.value;
    const { document, rename: renameVariables } = freeVariable(documentOf(orderMutation(selected)));
    const separated = separate(document);
    const planned = selectOperation(separated?.document ?? document, name) ?? selected;
    const plan = planSpelt(planner, planned, name);
    if (asksUnresolvable(plan, rewrites))
      throw new Error('The plan asks an agency for what it does not resolve.');
    if (losesFields(plan, planned)) throw new Error('The plan leaves out what is asked for.');
    return {
      plan: repairPlan(plan, rewrites),
      renameVariables,
      putBack: separated?.putBack ?? null,
      publicPath: (path) => {
        const repaired = publicPath(path, rewrites);
        return separated ? separated.publicPath(repaired) : repaired;
      },
    };
  };
}
