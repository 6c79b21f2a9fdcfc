import { bases, isMarkScope, isReason, type DecisionRecord, type MarkScope } from '#schema';
import type { AskedEntities } from './execute/agency.ts';
import type { Branch } from './fetch-guards.ts';

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

function isDecision(value: unknown): value is DecisionRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { subject, scope, isAllowed, basis, grantId, reason, paths } = value as Record<string, unknown>;
  const isOutcome = isAllowed
    ? isAllowed === true && bases.some((each) => each === basis) && reason === null
    : isAllowed === false && basis === null && isReason(reason);
  return (
    isOutcome &&
    isMarkScope(scope) &&
    isTextOrNull(subject) &&
    isTextOrNull(grantId) &&
    Array.isArray(paths) &&
    paths.every((path) => typeof path === 'string')
  );
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

type Path = (string | number)[];
type Values = Record<string, unknown>;

interface Walk {
  readonly entities: AskedEntities;
  /** Response path to the allowances that name it. */
  readonly allowed: ReadonlyMap<string, readonly DecisionRecord[]>;
  readonly dropped: (readonly (string | number)[])[];
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function indexAllowed(decisions: readonly DecisionRecord[]): ReadonlyMap<string, readonly DecisionRecord[]> {
  const allowed = new Map<string, DecisionRecord[]>();
  for (const decision of decisions)
    if (decision.isAllowed)
      for (const path of decision.paths) {
        const named = allowed.get(path);
        if (named) named.push(decision);
        else allowed.set(path, [decision]);
      }
  return allowed;
}

/** The one whom an entity of the fetch is about; `undefined` below it and elsewhere. */
function subjectAt(walk: Walk, path: Path): unknown {
  const [root, index] = path;
  const isOfEntity = path.length === 3 && root === '_entities' && typeof index === 'number';
  return isOfEntity ? walk.entities.ids[index] : undefined;
}

function isCovered(walk: Walk, path: Path, scope: MarkScope): boolean {
  const subject = subjectAt(walk, path);
  const named = walk.allowed.get(path.join('.')) ?? [];
  return named.some((each) => each.scope === scope && (subject === undefined || each.subject === subject));
}

function drop(walk: Walk, holder: Values | unknown[], key: string | number, path: Path): void {
  (holder as Values)[key] = null;
  walk.dropped.push([...path]);
}

/** Drops each element of a list that has no decision of its own. */
function checkElements(walk: Walk, elements: unknown[], branch: Branch, path: Path): void {
  for (const [index, element] of elements.entries()) {
    path.push(index);
    const isBare = element !== null && !branch.needs.every(({ scope }) => isCovered(walk, path, scope));
    if (isBare) drop(walk, elements, index, path);
    path.pop();
  }
}

function checkField(walk: Walk, holder: Values, branch: Branch, path: Path): void {
  const value = Object.hasOwn(holder, branch.key) ? holder[branch.key] : null;
  if (value === null || value === undefined) return;
  if (branch.isPerElement && Array.isArray(value)) checkElements(walk, value, branch, path);
  else if (!branch.needs.every(({ scope }) => isCovered(walk, path, scope)))
    return drop(walk, holder, branch.key, path);
  if (branch.branches.length > 0) checkBelow(walk, value, branch, path);
}

/** Of an object that does not say its type, every branch is looked at. */
function typeOf(walk: Walk, value: Values, branch: Branch, path: Path): unknown {
  const [root, index] = path;
  if (path.length === 2 && root === '_entities' && typeof index === 'number')
    return walk.entities.typeNames[index];
  return branch.typeBelow ?? value['__typename'];
}

function checkBelow(walk: Walk, value: unknown, branch: Branch, path: Path): void {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) {
      path.push(index);
      checkBelow(walk, item, branch, path);
      path.pop();
    }
  else if (isValues(value))
    checkObject(walk, value, typeOf(walk, value, branch, path), branch.branches, path);
}

function checkObject(
  walk: Walk,
  value: Values,
  type: unknown,
  branches: readonly Branch[],
  path: Path,
): void {
  for (const branch of branches) {
    if (typeof type === 'string' && branch.typeName !== type) continue;
    path.push(branch.key);
    checkField(walk, value, branch, path);
    path.pop();
  }
}

/**
 * Drops every guarded value that came without an allowed decision for its scope and response path: it becomes `null` in
 * the data, which are changed. Answers the paths of what was dropped.
 */
export function dropUndecided(
  data: unknown,
  branches: readonly Branch[],
  { decisions, entities }: Check,
): readonly (readonly (string | number)[])[] {
  if (!isValues(data) || branches.length === 0) return [];
  const walk: Walk = { entities, allowed: indexAllowed(decisions), dropped: [] };
  checkObject(walk, data, undefined, branches, []);
  return walk.dropped;
}
