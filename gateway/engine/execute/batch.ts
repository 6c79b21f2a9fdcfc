import type { CompiledEntities, EntityType } from '../compile/entities.ts';
import { ownOf } from '../compile/generated-code.ts';
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

/** Objects that lack what must be sent are left out. */
export function batchOf({ types }: CompiledEntities, candidates: readonly Values[]): Batch {
  const known = new Map<string, number>();
  const batch = {
    representations: [] as string[],
    types: [] as EntityType[],
    firsts: [] as Values[],
    targets: [] as Values[],
    indexes: [] as number[],
    typeNames: [] as string[],
    ids: [] as unknown[],
  };
  for (const target of candidates) {
    const type = types.get(ownOf(target, '__typename') as string);
    const text = type?.write(target);
    if (!type || text == null) continue;
    let index = known.get(text);
    if (index === undefined) {
      index = batch.representations.push(text) - 1;
      known.set(text, index);
      batch.types.push(type);
      batch.firsts.push(target);
      batch.typeNames.push(type.typeName);
      batch.ids.push(type.idOf(target));
    }
    batch.targets.push(target);
    batch.indexes.push(index);
  }
  return batch;
}
