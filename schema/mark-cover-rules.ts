import { carriesMarks, coverNameOf, isAllOpen, type Cover } from './mark-coverage.ts';
import type { MarkedSdl, SdlRule } from './marked-sdl.ts';
import { markOf } from './marks.ts';
import { entityName, isKeyOrMachinery, possibleTypesOf, type SdlType, type SdlTypes } from './sdl-types.ts';

/** A value type that no mark leads to is guarded by nothing, should a way to it appear. */
export const uncoveredRule: SdlRule = ({ name: agency, types, coverage }) =>
  [...types.values()]
    .filter((type) => type.kind !== 'union' && !carriesMarks(type, types) && !isAllOpen(type))
    .filter(({ name }) => !coverage.has(name))
    .map(
      ({ name }) => `${name} (${agency}): no mark covers it; return it from a marked field, or remove it.`,
    );

const isSameMark = (one: SdlType, other: SdlType, field: string): boolean => {
  const [left, right] = [one, other].map((type) => {
    const found = type.fields.find(({ name }) => name.value === field);
    return JSON.stringify(found ? markOf(found) : null);
  });
  return left === right;
};

function checkInterface(type: SdlType, types: SdlTypes, agency: string): string[] {
  const names = type.fields
    .map(({ name }) => name.value)
    .filter((name) => !isKeyOrMachinery(entityName, name));
  return names.flatMap((field) => {
    const coordinate = `${type.name}.${field} (${agency})`;
    const own = type.fields.find(({ name }) => name.value === field);
    if (!own || !markOf(own)) return [`${coordinate}: has no mark; give it that of ${entityName}.${field}.`];
    return possibleTypesOf(type, types)
      .filter((possible) => !isSameMark(type, possible, field))
      .map(({ name }) => `${coordinate}: ${name}.${field} carries another mark; give both the same.`);
  });
}

/** What the entity implements carries the entity's marks, on itself and on all that implement it. */
export const interfaceRule: SdlRule = ({ name, types }) =>
  [...types.values()]
    .filter((type) => type.kind === 'interface' && carriesMarks(type, types))
    .flatMap((type) => checkInterface(type, types, name));

/** A union holds citizens or values, not both: its members would be guarded differently. */
export const unionRule: SdlRule = ({ name: agency, types }) =>
  [...types.values()]
    .filter(({ kind, members }) => kind === 'union' && members.includes(entityName) && members.length > 1)
    .map(({ name }) => `${name} (${agency}): mixes ${entityName} with values; give each a field of its own.`);

/** The different marks that cover a type in all agencies together, each with the first field that carries it. */
function readCovers(sdls: readonly MarkedSdl[], type: string): ReadonlyMap<string, Cover> {
  const covers = new Map<string, Cover>();
  for (const { coverage } of sdls)
    for (const cover of coverage.get(type) ?? []) {
      const name = coverNameOf(cover.mark);
      if (!covers.has(name)) covers.set(name, cover);
    }
  return covers;
}

/** Whether a type is covered from above, in any agency: not the entity, not a root, not open to all. */
const isCovered = (sdls: readonly MarkedSdl[], name: string): boolean =>
  sdls.some(({ types }) => {
    const type = types.get(name);
    return type !== undefined && type.kind !== 'union' && !carriesMarks(type, types) && !isAllOpen(type);
  });

/** A value type under two marks would be guarded by the weaker one. */
export function checkCovers(sdls: readonly MarkedSdl[]): string[] {
  const names = new Set(sdls.flatMap(({ types }) => [...types.keys()]));
  return [...names].flatMap((name) => {
    const covers = readCovers(sdls, name);
    if (covers.size < 2 || !isCovered(sdls, name)) return [];
    const ways = [...covers].map(([cover, { coordinate }]) => `${coordinate}: ${cover}`).join('; ');
    return [
      `${name}: is reached under different marks (${ways}); make a type for each, or open all its fields.`,
    ];
  });
}
