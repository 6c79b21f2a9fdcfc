import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { mergeInto } from '../execute/merge.ts';
import { ownOf, setOwn } from './generated-code.ts';
import { isOfType } from './subtypes.ts';

type Values = Record<string, unknown>;
type Selections = readonly QueryPlanSelectionNode[];

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;

function takeValue(schema: GraphQLSchema, value: unknown, selections: Selections | undefined): unknown {
  if (!selections) return value;
  if (Array.isArray(value)) return value.map((each) => takeValue(schema, each, selections));
  return isObject(value) ? takeRequired(schema, value, selections) : null;
}

/**
 * What of an object is sent to an agency: the selected fields. `null` when one is missing: it was not answered. Of
 * fragments on other types, and of those that lack something, nothing is taken.
 */
export function takeRequired(schema: GraphQLSchema, source: Values, selections: Selections): Values | null {
  const taken: Values = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const value = ownOf(source, key);
      if (value === undefined) return null;
      setOwn(taken, key, takeValue(schema, value, selection.selections));
    } else if (selection.typeCondition !== undefined) {
      const typeName = ownOf(source, '__typename');
      const isMeant = typeof typeName === 'string' && isOfType(schema, typeName, selection.typeCondition);
      const more = isMeant ? takeRequired(schema, source, selection.selections) : null;
      if (more) mergeInto(taken, more);
    }
  }
  return taken;
}
