import { Kind, type FieldDefinitionNode } from 'graphql';
import { carriesMarks, isAllOpen } from './mark-coverage.ts';
import { isGuarded, listFields, type MarkedSdl, type PlacedField, type SdlRule } from './marked-sdl.ts';
import { markOf, needOf, readFieldMarks } from './marks.ts';
import { isScope } from './scopes.ts';
import { entityName, isMarkOwner, isRoot, namedTypeOf } from './sdl-types.ts';

/** One rule over one field: what is wrong with it and what to do, or nothing. */
type FieldRule = (placed: PlacedField, sdl: MarkedSdl) => string | false;

const unmarked: FieldRule = ({ type, field, isKey }) =>
  isMarkOwner(type.name) &&
  !isKey &&
  readFieldMarks(field).length === 0 &&
  'has no mark; say who may read it with @consent, @level or @open';

const twoMarks: FieldRule = ({ field }) =>
  readFieldMarks(field).length > 1 && 'carries several marks; leave one';

const unreadable: FieldRule = ({ field }) =>
  readFieldMarks(field).includes(null) &&
  'its mark names no known scope, level or reason; take a scope of schema/scopes.ts, level 1 or 2, a reason in words';

const markedKey: FieldRule = ({ field, isKey }) =>
  isKey && readFieldMarks(field).length > 0 && 'is the key by which agencies meet; remove its mark';

const repeated: FieldRule = ({ type, field }) =>
  type.fields.find(({ name }) => name.value === field.name.value) !== field && 'is defined twice; leave one';

const notNullable: FieldRule = ({ field }) =>
  isGuarded(field) && field.type.kind === Kind.NON_NULL_TYPE && 'is guarded; make it nullable';

const scopeOf = (field: FieldDefinitionNode) => {
  const mark = markOf(field);
  return mark ? needOf(mark)?.scope : undefined;
};

const lowLevel: FieldRule = ({ field }) => {
  const mark = markOf(field);
  const need = mark && needOf(mark);
  const isLow = need?.minLevel === 1 && isScope(need.scope) && need.scope !== 'PERSONAL_INFORMATION';
  return isLow && `scope ${need.scope} is of level 2; mark it @consent(scope: "${need.scope}")`;
};

const misplacedScope: FieldRule = ({ type, field }) => {
  const scope = scopeOf(field);
  const isSpecial = scope !== undefined && !isScope(scope);
  return isSpecial && !isRoot(type.name) && `scope ${scope} is for root fields; name the scope of the data`;
};

const wideScope: FieldRule = ({ field }) =>
  scopeOf(field) === 'ANY' &&
  namedTypeOf(field.type) !== entityName &&
  `scope ANY only leads to a ${entityName}; name the scope of the data`;

const guardInValue: FieldRule = ({ type, field }, { types }) =>
  isGuarded(field) &&
  !carriesMarks(type, types) &&
  `a value has no subject to decide on; mark the fields that lead to ${type.name}, and remove this mark`;

const halfOpen: FieldRule = ({ type, field }, { types }) =>
  markOf(field)?.kind === 'open' &&
  !carriesMarks(type, types) &&
  !isAllOpen(type) &&
  `the mark above covers it; mark all fields of ${type.name} @open, or none`;

const openToEntity: FieldRule = ({ coordinate, field }, { coverage }) =>
  markOf(field)?.kind === 'open' &&
  (coverage.get(entityName) ?? []).some((cover) => cover.coordinate === coordinate) &&
  `leads to a ${entityName} and so tells who exists; guard it, for instance with @level(min: 1, scope: "ANY")`;

const fieldRules: readonly FieldRule[] = [
  unmarked,
  twoMarks,
  unreadable,
  markedKey,
  repeated,
  notNullable,
  lowLevel,
  misplacedScope,
  wideScope,
  guardInValue,
  halfOpen,
  openToEntity,
];

/** Where marks must stand, where they must not, and what they may name there. */
export const placeRule: SdlRule = (sdl) =>
  listFields(sdl).flatMap((placed) =>
    fieldRules.flatMap((rule) => {
      const wrong = rule(placed, sdl);
      return wrong === false ? [] : [`${placed.coordinate} (${sdl.name}): ${wrong}.`];
    }),
  );
