import {
  doTypesOverlap,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isUnionType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from '../random.ts';
import { writeArguments, writeConditions, type Variables } from './arguments.ts';

/** One operation while it is written. */
export interface Draft {
  readonly random: Random;
  readonly api: GraphQLSchema;
  readonly variables: Variables;
  /** Finished named fragments: name to type and text. */
  readonly fragments: Map<string, { readonly type: string; readonly text: string }>;
  /** Put before the names of fragments. */
  readonly prefix: string;
  /** Fields that may still be written. */
  left: number;
  /** Aliases given so far. */
  aliases: number;
}

const maxDepth = 7;

function writeAlias(field: string, hasArguments: boolean, draft: Draft): string {
  const { random } = draft;
  if (random.chance(0.04))
    return `${random.pick(['a', 'b', 'c', 'id', 'name', '__proto__', 'constructor'])}: `;
  if (!random.chance(hasArguments ? 0.7 : 0.12)) return '';
  draft.aliases += 1;
  return `${field.slice(0, 2)}${draft.aliases}: `;
}

function writeField(field: GraphQLField<unknown, unknown>, draft: Draft, depth: number): string | null {
  const { random, variables } = draft;
  const type = getNamedType(field.type);
  if (!isLeafType(type) && (depth >= maxDepth || draft.left <= 0)) return null;
  draft.left -= 1;
  const values = writeArguments(field.args, random, variables);
  const alias = writeAlias(field.name, values !== '', draft);
  const conditions = writeConditions(random, variables, 0.04);
  const below = isCompositeType(type) ? ` ${writeSelections(type, draft, depth + 1)}` : '';
  return `${alias}${field.name}${values}${conditions}${below}`;
}

/** Types that a fragment may be on, where a thing of the given type stands. */
function conditionsFor(type: GraphQLCompositeType, api: GraphQLSchema): GraphQLCompositeType[] {
  return Object.values(api.getTypeMap()).filter(
    (each): each is GraphQLCompositeType =>
      isCompositeType(each) && !each.name.startsWith('__') && doTypesOverlap(api, type, each),
  );
}

function writeFragment(type: GraphQLCompositeType, draft: Draft, depth: number): string {
  const { random, api, variables, fragments } = draft;
  const condition = random.chance(0.25) ? type : random.pick(conditionsFor(type, api));
  const conditions = writeConditions(random, variables, 0.07);
  if (!random.chance(0.35)) {
    const on = condition === type && random.chance(0.3) ? '' : ` on ${condition.name}`;
    return `...${on}${conditions} ${writeSelections(condition, draft, depth + 1)}`;
  }
  const known = [...fragments].filter(([, each]) => each.type === condition.name);
  if (known.length > 0 && random.chance(0.6)) return `...${random.pick(known)[0]}${conditions}`;
  const text = writeSelections(condition, draft, depth + 1);
  const name = `${draft.prefix}${fragments.size}`;
  fragments.set(name, { type: condition.name, text });
  return `...${name}${conditions}`;
}

/** The selections of a composite type, in braces. */
export function writeSelections(type: GraphQLCompositeType, draft: Draft, depth: number): string {
  const { random } = draft;
  const fields = isUnionType(type) ? [] : Object.values(type.getFields());
  const parts: string[] = [];
  const count = 1 + random.below(depth < 2 ? 5 : 4);
  for (let index = 0; index < count && (draft.left > 0 || index === 0); index += 1) {
    if (random.chance(0.12))
      parts.push(random.chance(0.75) ? '__typename' : `t${random.below(3)}: __typename`);
    const isFragment = depth < maxDepth && random.chance(isAbstractType(type) ? 0.5 : 0.12);
    if (isFragment || isUnionType(type)) {
      if (depth < maxDepth && draft.left > 0) parts.push(writeFragment(type, draft, depth));
    } else {
      const written = writeField(random.pick(fields), draft, depth);
      if (written !== null) parts.push(written);
    }
  }
  return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
}
