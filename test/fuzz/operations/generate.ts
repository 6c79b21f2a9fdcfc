import { parse, specifiedRules, validate, type GraphQLSchema } from 'graphql';
import { noTypeNameAlias } from '../../../gateway/engine/type-name-alias.ts';
import { createRandom, type Random } from '../random.ts';
import type { Operation } from './operation.ts';
import { writeSelections, type Draft } from './selections.ts';

const introspections = [
  '__schema { queryType { name } }',
  '__type(name: "Query") { name kind }',
  'i: __schema { types { name } }',
];

/** How many fields an operation may have: one in five is large. */
const sizes = { usual: [14, 40], small: [8, 14] } as const;

export type OperationSize = keyof typeof sizes;

function writeOperation(api: GraphQLSchema, random: Random, name: string, size: OperationSize) {
  const mutation = random.chance(0.3) ? api.getMutationType() : null;
  const root = mutation ?? api.getQueryType();
  if (!root) throw new Error('A schema without Query.');
  const variables = { definitions: new Map<string, string>(), values: {} };
  const [most, mostOfLarge] = sizes[size];
  const left = 2 + random.below(random.chance(0.2) ? mostOfLarge : most);
  const draft: Draft = { random, api, variables, fragments: new Map(), prefix: `F${name}`, left, aliases: 0 };
  let selections = writeSelections(root, draft, 0);
  if (!mutation && random.chance(0.03))
    selections = `{ ${random.pick(introspections)} ${selections.slice(1)}`;
  const definitions = [...variables.definitions].map(([each, type]) => `$${each}: ${type}`);
  const heads = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
  const fragments = [...draft.fragments].map(
    ([each, { type, text }]) => `fragment ${each} on ${type} ${text}`,
  );
  const text = [`${mutation ? 'mutation' : 'query'} ${name}${heads} ${selections}`, ...fragments].join('\n');
  return { text, values: variables.values };
}

/** One operation, valid or not. */
export function draftOperation(api: GraphQLSchema, seed: string, size: OperationSize = 'usual'): Operation {
  const random = createRandom(seed);
  const { text, values } = writeOperation(api, random, 'One', size);
  if (!random.chance(0.1)) return { text, variables: values };
  const other = writeOperation(api, random, 'Other', size);
  const parts = random.chance(0.5) ? [text, other.text] : [other.text, text];
  return { text: parts.join('\n'), variables: values, operationName: 'One' };
}

const rules = [...specifiedRules, noTypeNameAlias];

/** Whether the text is a valid document of the schema. */
export function isValid(api: GraphQLSchema, text: string): boolean {
  return validate(api, parse(text, { noLocation: true }), rules, { maxErrors: 1 }).length === 0;
}

/** The valid operations of a seed, without end, with the seed of each. */
export function* generateOperations(
  api: GraphQLSchema,
  seed: string,
  size: OperationSize = 'usual',
): Generator<Operation & { seed: string }> {
  for (let index = 0; ; index += 1) {
    const own = `${seed}/${index}`;
    const operation = draftOperation(api, own, size);
    if (isValid(api, operation.text)) yield { ...operation, seed: own };
  }
}
