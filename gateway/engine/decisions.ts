import { bases, entityPathOf, isMarkScope, isReason, type DecisionRecord, type MarkScope } from '#schema';
import type { AskedEntities } from './execute/agency.ts';
import type { Branch } from './fetch-guards.ts';

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

function areTexts(values: unknown): boolean {
  if (!Array.isArray(values)) return false;
  for (const value of values as unknown[]) if (typeof value !== 'string') return false;
  return true;
}

function isDecision(value: unknown): value is DecisionRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { subject, scope, isAllowed, basis, grantId, reason, paths } = value as Record<string, unknown>;
  const isOutcome = isAllowed
    ? isAllowed === true && bases.includes(basis as never) && reason === null
    : isAllowed === false && basis === null && isReason(reason);
  return isOutcome && isMarkScope(scope) && isTextOrNull(subject) && isTextOrNull(grantId) && areTexts(paths);
}

/** The decisions that came with an answer; none when even one of them has not the agreed form. */
export function readDecisions(
  extensions: Readonly<Record<string, unknown>> | undefined,
): readonly DecisionRecord[] {
  const decisions = extensions?.['decisions'];
  return Array.isArray(decisions) && decisions.every(isDecision) ? decisions : [];
}

/** What the values of an answer must rest on. */
export interface Check {
  readonly decisions: readonly DecisionRecord[];
  readonly entities: AskedEntities;
}

type Values = Record<string, unknown>;
type Place = readonly (string | number)[];

/** The allowances that name a path, mostly one. */
type Named = DecisionRecord | DecisionRecord[];

interface Walk extends Check {
  /** By response path, its elements joined by dots; `null`: the decisions are so few that each is looked at. */
  readonly allowed: ReadonlyMap<string, Named> | null;
  readonly dropped: Place[];
}

/** What a value is about, where that is known: an entity of the fetch, `undefined` below it and elsewhere. */
type Subject = unknown;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (named: Named): named is DecisionRecord[] => Array.isArray(named);

function indexAllowed(decisions: readonly DecisionRecord[]): ReadonlyMap<string, Named> {
  const allowed = new Map<string, Named>();
  for (const decision of decisions)
    if (decision.isAllowed)
      for (const path of decision.paths) {
        const named = allowed.get(path);
        if (!named) allowed.set(path, decision);
        else if (isList(named)) named.push(decision);
        else allowed.set(path, [named, decision]);
      }
  return allowed;
}

const isFor = (each: DecisionRecord, scope: MarkScope, subject: Subject): boolean =>
  each.scope === scope && (subject === undefined || each.subject === subject);

const isNamed = (named: Named, scope: MarkScope, subject: Subject): boolean =>
  isList(named) ? named.some((each) => isFor(each, scope, subject)) : isFor(named, scope, subject);

/** Most agencies decide about one scope of one person. */
const isFew = (decisions: readonly DecisionRecord[]): boolean =>
  decisions.length === 1 && (decisions[0]?.paths.length ?? 0) <= 16;

function isAllowed({ allowed, decisions }: Walk, path: string, scope: MarkScope, subject: Subject): boolean {
  const named = allowed?.get(path);
  if (allowed) return named !== undefined && isNamed(named, scope, subject);
  const [only] = decisions;
  return only !== undefined && only.isAllowed && isFor(only, scope, subject) && only.paths.includes(path);
}

function isCovered(walk: Walk, path: string, { needs }: Branch, subject: Subject): boolean {
  for (const { scope } of needs) if (!isAllowed(walk, path, scope, subject)) return false;
  return true;
}

/** No response key begins with a digit. */
const placeOf = (path: string): Place =>
  path.split('.').map((part) => (/^\d/.test(part) ? Number(part) : part));

function drop(walk: Walk, holder: Values | unknown[], key: string | number, path: string): void {
  (holder as Values)[key] = null;
  walk.dropped.push(placeOf(path));
}

/** Drops each element of a list that has no decision of its own. */
function checkElements(walk: Walk, elements: unknown[], branch: Branch, path: string): void {
  for (let index = 0; index < elements.length; index += 1) {
    const place = `${path}.${index}`;
    if (elements[index] !== null && !isCovered(walk, place, branch, undefined))
      drop(walk, elements, index, place);
  }
}

function checkField(walk: Walk, holder: Values, branch: Branch, path: string, subject: Subject): void {
  const value = Object.hasOwn(holder, branch.key) ? holder[branch.key] : null;
  if (value === null || value === undefined) return;
  if (branch.isPerElement && Array.isArray(value)) checkElements(walk, value, branch, path);
  else if (!isCovered(walk, path, branch, subject)) return drop(walk, holder, branch.key, path);
  if (branch.branches.length > 0) checkBelow(walk, value, branch, path);
}

/** Of an object that does not say its type, every branch is looked at. */
function checkBelow(walk: Walk, value: unknown, branch: Branch, path: string): void {
  if (Array.isArray(value))
    for (let index = 0; index < value.length; index += 1)
      checkBelow(walk, value[index], branch, `${path}.${index}`);
  else if (isValues(value))
    checkObject(walk, value, branch.typeBelow ?? value['__typename'], branch.branches, `${path}.`);
}

const isOfType = ({ typeName }: Branch, type: unknown): boolean =>
  typeof type !== 'string' || typeName === type;

/** `start`: of the paths of its fields. */
function checkObject(
  walk: Walk,
  value: Values,
  type: unknown,
  branches: readonly Branch[],
  start: string,
): void {
  for (const branch of branches)
    if (isOfType(branch, type)) checkField(walk, value, branch, start + branch.key, undefined);
}

function checkEntity(walk: Walk, entity: Values, branches: readonly Branch[], index: number): void {
  const { typeNames, ids } = walk.entities;
  for (const branch of branches)
    if (isOfType(branch, typeNames[index]))
      checkField(walk, entity, branch, entityPathOf(index, branch.key), ids[index]);
}

function checkEntities(walk: Walk, entities: unknown, { branches }: Branch): void {
  if (!Array.isArray(entities)) return;
  for (let index = 0; index < entities.length; index += 1)
    if (isValues(entities[index])) checkEntity(walk, entities[index] as Values, branches, index);
}

/**
 * Drops every guarded value that came without an allowed decision for its scope and response path: it becomes `null` in
 * the data, which are changed. Answers the paths of what was dropped.
 */
export function dropUndecided(
  data: unknown,
  branches: readonly Branch[],
  { decisions, entities }: Check,
): readonly Place[] {
  if (!isValues(data) || branches.length === 0) return [];
  const allowed = isFew(decisions) ? null : indexAllowed(decisions);
  const walk: Walk = { entities, decisions, allowed, dropped: [] };
  for (const branch of branches)
    if (branch.key === '_entities' && entities.typeNames.length > 0)
      checkEntities(walk, data['_entities'], branch);
    else checkField(walk, data, branch, branch.key, undefined);
  return walk.dropped;
}
