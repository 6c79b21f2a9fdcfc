import type { QueryPlan } from '@apollo/query-planner';
import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { selectOperation } from '../../../../gateway/engine/operation.ts';
import { settleConditions } from '../../../../gateway/engine/plan/settle-conditions.ts';
import { losesFields } from '../../../../gateway/engine/repair/index.ts';
import { readConditions } from '../../../../gateway/engine/shape/conditions.ts';
import { planGraph, type ConstantAgency } from '../../../support/planned-graph.ts';
import { linkAll } from '../../../support/required-arguments.ts';

const agencies: readonly ConstantAgency[] = [
  {
    name: 'promises',
    sdl: `${linkAll} type Query { thing: Thing other: String } interface Thing { id: ID! }`,
    resolvers: { Query: { other: () => 'other' } },
  },
  {
    name: 'things',
    sdl: `${linkAll}
      type Query { found: Thing }
      interface Thing { id: ID! colour: String }
      type Stone implements Thing @key(fields: "id") { id: ID! colour: String }`,
    resolvers: { Query: { found: () => ({ __typename: 'Stone', id: 's', colour: 'grey' }) } },
  },
];
const graph = planGraph(agencies, { isRepaired: true });

function isEmpty(query: string, variables = {}, given?: QueryPlan): boolean {
  const selected = selectOperation(parse(query), undefined)!;
  const conditions = readConditions(selected.operation, selected.fragments);
  const combination = conditions.combinationOf(variables);
  const settled = settleConditions(selected, (each) => conditions.isIncluded(each, combination));
  const { operation, fragments } = settled;
  const plan = given ?? graph.plan([operation, ...fragments.values()].map(print).join(' '));
  return losesFields(plan, settled);
}

describe('a plan that leaves out what was selected', () => {
  it('is what stock answers null with', async () => {
    const { data, errors, asked } = await graph.answer('{ thing { colour } }');
    expect({ data, errors, asked }).toEqual({ data: { thing: null }, errors: [], asked: [] });
  });

  it.each([
    ['the only field', '{ thing { colour } }', {}],
    ['one of two fields', '{ found { colour } thing { colour } }', {}],
    ['under an alias', '{ other found: thing { colour } }', {}],
    ['in a fragment', '{ ...F } fragment F on Query { thing { colour } }', {}],
    ['included by a default', 'query ($a: Boolean = true) { thing @include(if: $a) { colour } }', {}],
    ['included by a value', 'query ($a: Boolean = false) { thing @include(if: $a) { colour } }', { a: true }],
    ['not skipped', 'query ($a: Boolean!) { other ... @skip(if: $a) { thing { colour } } }', { a: false }],
    ['selected twice, skipped once', '{ thing @skip(if: true) { colour } thing { colour } }', {}],
  ])('%s', (_, query, variables) => {
    expect(isEmpty(query, variables)).toBe(true);
  });

  it.each([
    ['all is asked', '{ other found { colour } }', {}],
    ['nothing but names of types', '{ __typename t: __typename }', {}],
    ['introspection', '{ __schema { queryType { name } } __type(name: "Stone") { name } }', {}],
    ['skipped', '{ thing @skip(if: true) { colour } }', {}],
    ['skipped by a default', 'query ($a: Boolean = true) { thing @skip(if: $a) { colour } }', {}],
    ['a default overruled', 'query ($a: Boolean = true) { thing @include(if: $a) { colour } }', { a: false }],
    ['skipped around', 'query ($a: Boolean!) { ... @skip(if: $a) { thing { colour } } }', { a: true }],
    ['conditions on what is asked', 'query ($a: Boolean!) { other @include(if: $a) }', { a: true }],
    ['named fragments', '{ ...F ...F } fragment F on Query { other f: other }', {}],
  ])('not: %s', (_, query, variables) => {
    expect(isEmpty(query, variables)).toBe(false);
  });

  it('no plan at all', () => {
    expect(isEmpty('{ other }', {}, { kind: 'QueryPlan' })).toBe(true);
    expect(isEmpty('{ __typename }', {}, { kind: 'QueryPlan' })).toBe(false);
  });
});
