import { copy, join } from '../execute/merge.ts';
import { generate, readOwn, setOwn, writeOwn } from './generated-code.ts';

type Values = Record<string, unknown>;

/**
 * Merges what was answered of one entity into an object of the answer. The first object may keep parts of the entity;
 * every other takes copies, but for the fields that nobody writes to later.
 */
export interface MergeEntity {
  readonly intoFirst: (target: Values, entity: Values) => void;
  readonly intoOther: (target: Values, entity: Values) => void;
}

/** A field that a fetch asks of entities. */
export interface EntityField {
  /** Response key. */
  readonly key: string;
  /** Whether several objects of the answer may hold the same value. */
  readonly mayShare: boolean;
}

function mergeField({ key, mayShare }: EntityField, isFirst: boolean): string {
  const taken = isFirst ? 'v' : 'copy(v)';
  const fresh = isFirst || mayShare ? 'v' : `typeof v==='object'?copy(v):v`;
  return (
    `v=${readOwn('s', key)};if(v!==undefined){const h=${readOwn('t', key)};` +
    `if(h===undefined){${writeOwn('t', key, `(${fresh})`)}}else{${writeOwn('t', key, `join(h,${taken})`)}}}`
  );
}

/** An agency that knows only the interface (`@interfaceObject`) must not make an object less than it is known to be. */
const mergeTypeName =
  'v=s.__typename;if(v!==undefined&&(t.__typename===undefined||objectTypes.has(v)))t.__typename=v;';

/** Only the fields that were asked for are ever merged. `objectTypes`: their names in the supergraph. */
export function generateMerge(fields: readonly EntityField[], objectTypes: ReadonlySet<string>): MergeEntity {
  const scope = { copy, join, setOwn, objectTypes };
  const mergeOne = (field: EntityField, isFirst: boolean) =>
    field.key === '__typename' ? mergeTypeName : mergeField(field, isFirst);
  const bodyOf = (isFirst: boolean) => fields.map((field) => mergeOne(field, isFirst)).join('');
  return {
    intoFirst: generate(scope, `(t,s)=>{let v;${bodyOf(true)}}`),
    intoOther: generate(scope, `(t,s)=>{let v;${bodyOf(false)}}`),
  };
}
