import { markOf, needOf, type Mark } from './marks.ts';
import { isScope } from './scopes.ts';
import {
  entityName,
  isMarkOwner,
  namedTypeOf,
  possibleTypesOf,
  type SdlType,
  type SdlTypes,
} from './sdl-types.ts';

/** A mark that covers a type, and the field that carries it. */
export interface Cover {
  readonly coordinate: string;
  readonly mark: Mark;
}

/** Type name to every marked field that leads to it. The entity is listed, and covers nothing below it: its fields are marked. */
export type Coverage = ReadonlyMap<string, readonly Cover[]>;

/**
 * What two marks must share to cover one type: the scope, and for a scope of personal data the level. For the register's
 * own scopes the level is that of the act: consent is given at level 2, and what was given is read at level 1.
 */
export function coverNameOf(mark: Mark): string {
  const need = needOf(mark);
  if (!need) return 'open';
  return isScope(need.scope) ? `${need.scope}, level ${need.minLevel}` : need.scope;
}

/** Whether a value type says nothing of a person by itself: every field of it is `@open`. */
export function isAllOpen({ kind, fields }: SdlType): boolean {
  return kind !== 'union' && fields.length > 0 && fields.every((field) => markOf(field)?.kind === 'open');
}

/** Whether the fields of a type carry marks of their own: the entity, the roots, and an interface of the entity. */
export function carriesMarks(type: SdlType, types: SdlTypes): boolean {
  if (isMarkOwner(type.name)) return true;
  return type.kind === 'interface' && possibleTypesOf(type, types).some(({ name }) => name === entityName);
}

function listBelow(type: SdlType, types: SdlTypes): string[] {
  const possible = possibleTypesOf(type, types).map(({ name }) => name);
  if (carriesMarks(type, types)) return type.kind === 'interface' ? possible : [];
  return [...possible, ...type.fields.map((field) => namedTypeOf(field.type))];
}

/** The types that one field leads to, through values only: it stops at the entity and at the roots. */
function listReached(start: string, types: SdlTypes): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const type = types.get(name);
    if (!type || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...listBelow(type, types));
  }
  return reached;
}

/** Which marks cover which types of one SDL. A mark covers everything below it; `@open` inside a value type changes nothing. */
export function coverTypes(types: SdlTypes): Coverage {
  const coverage = new Map<string, Cover[]>();
  for (const owner of types.values()) {
    if (!carriesMarks(owner, types)) continue;
    for (const field of owner.fields) {
      const mark = markOf(field);
      if (!mark) continue;
      const cover = { coordinate: `${owner.name}.${field.name.value}`, mark };
      for (const name of listReached(namedTypeOf(field.type), types))
        coverage.set(name, [...(coverage.get(name) ?? []), cover]);
    }
  }
  return coverage;
}
