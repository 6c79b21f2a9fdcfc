import type { CompiledEntities, EntityType } from '../compile/entities.ts';
import type { AskedEntities } from './agency.ts';

type Values = Record<string, unknown>;

/** The objects that one fetch asks about. Those that look alike to the agency are asked about once. */
export interface Batch extends AskedEntities {
  /** JSON texts, all different. */
  readonly representations: readonly string[];
  /** Of each representation: its type, and the first object that it stands for. */
  readonly types: readonly EntityType[];
  readonly firsts: readonly Values[];
  /** The objects asked about, and the index of each one's representation. */
  readonly targets: readonly Values[];
  readonly indexes: readonly number[];
}

/** A batch while it is being gathered. */
interface Gathering extends Batch {
  readonly representations: string[];
  readonly types: EntityType[];
  readonly firsts: Values[];
  readonly targets: Values[];
  readonly indexes: number[];
  readonly typeNames: string[];
  readonly ids: unknown[];
  /** Indexes by text. */
  readonly byText: Map<string, number>;
  /** Indexes by the one field that tells objects of a type apart, so that most texts need not be written. */
  readonly byField: Map<EntityType, Map<unknown, number>>;
}

/** The index of an object's text among those to be sent; `undefined`: it lacks something. */
function writeOnce(batch: Gathering, type: EntityType, target: Values): number | undefined {
  const text = type.write(target);
  if (text === null) return undefined;
  const known = batch.byText.get(text);
  if (known !== undefined) return known;
  const index = batch.representations.push(text) - 1;
  batch.byText.set(text, index);
  batch.types.push(type);
  batch.firsts.push(target);
  batch.typeNames.push(type.typeName);
  batch.ids.push(type.idOf(target));
  return index;
}

function indexOf(batch: Gathering, type: EntityType, target: Values): number | undefined {
  if (type.tellField === null) return writeOnce(batch, type, target);
  const value = target[type.tellField];
  if (typeof value === 'object') return writeOnce(batch, type, target);
  let ofType = batch.byField.get(type);
  if (!ofType) batch.byField.set(type, (ofType = new Map()));
  const known = ofType.get(value);
  if (known !== undefined) return known;
  const index = writeOnce(batch, type, target);
  if (index !== undefined) ofType.set(value, index);
  return index;
}

/** Objects that lack what must be sent are left out. */
export function batchOf({ types }: CompiledEntities, candidates: readonly Values[]): Batch {
  const batch: Gathering = {
    representations: [],
    types: [],
    firsts: [],
    targets: [],
    indexes: [],
    typeNames: [],
    ids: [],
    byText: new Map(),
    byField: new Map(),
  };
  for (const target of candidates) {
    const type = types.get(target['__typename'] as string);
    const index = type && indexOf(batch, type, target);
    if (index === undefined) continue;
    batch.targets.push(target);
    batch.indexes.push(index);
  }
  return batch;
}
