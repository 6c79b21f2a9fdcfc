import { copy, join } from '../execute/merge.ts';
import { generate, readOwn, setOwn, writeOwn } from './generated-code.ts';

type Values = Record<string, unknown>;

/**
 * Merges what was answered of one entity into an object of the answer. The first object may keep parts of the entity, every
 * other takes copies: each is merged into by itself later.
 */
export interface MergeEntity {
  readonly intoFirst: (target: Values, entity: Values) => void;
  readonly intoOther: (target: Values, entity: Values) => void;
}

function mergeField(key: string, isFirst: boolean): string {
  const taken = isFirst ? 'v' : `(typeof v==='object'?copy(v):v)`;
  return (
    `v=${readOwn('s', key)};if(v!==undefined){const h=${readOwn('t', key)};` +
    `${writeOwn('t', key, `h===undefined?${taken}:join(h,${taken})`)}}`
  );
}

/** An agency that knows only the interface (`@interfaceObject`) must not make an object less than it is known to be. */
const mergeTypeName =
  'v=s.__typename;if(v!==undefined&&(t.__typename===undefined||objectTypes.has(v)))t.__typename=v;';

/** Only the response keys that were asked for are ever merged. `objectTypes`: their names in the supergraph. */
export function generateMerge(keys: readonly string[], objectTypes: ReadonlySet<string>): MergeEntity {
  const scope = { copy, join, setOwn, objectTypes };
  const mergeOne = (key: string, isFirst: boolean) =>
    key === '__typename' ? mergeTypeName : mergeField(key, isFirst);
  const bodyOf = (isFirst: boolean) => keys.map((key) => mergeOne(key, isFirst)).join('');
  return {
    intoFirst: generate(scope, `(t,s)=>{let v;${bodyOf(true)}}`),
    intoOther: generate(scope, `(t,s)=>{let v;${bodyOf(false)}}`),
  };
}
