import { valueAt, type Difference } from './compare.ts';
import type { Operation } from './operations/operation.ts';
import type { SideAnswer, SideError } from './sides/side.ts';

/** Two answers that differ, and in what. */
export interface Differing {
  readonly operation: Operation;
  readonly difference: Difference;
  readonly stock: SideAnswer;
  readonly ours: SideAnswer;
  /** What is true; `undefined` in weather in which it is not known. */
  readonly truth: string | undefined;
  /** Mutation fields as they should be executed. */
  readonly effects: readonly string[];
}

/** A way in which stock is wrong and we are not. */
export interface KnownDifference {
  readonly name: string;
  /** Why stock is wrong, with what says so. */
  readonly reason: string;
  readonly matches: (differing: Differing) => boolean;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

const isReordered = (one: string, other: string): boolean =>
  one !== other && JSON.stringify(sorted(JSON.parse(one))) === JSON.stringify(sorted(JSON.parse(other)));

const hasData = ({ data }: SideAnswer): boolean => data !== undefined && data !== 'null';
/** Ours is true, and the data of stock is not. */
const isTrue = ({ ours, truth, difference }: Differing): boolean =>
  difference.kind === 'data' && truth !== undefined && ours.data === truth;

const codesOf = (told: unknown): string =>
  (told as readonly string[])
    .map((each) => each.split(' ')[0])
    .sort()
    .join();

const placeOf = (told: string): (string | number)[] =>
  JSON.parse(told.slice(told.indexOf(' ') + 1)) as (string | number)[];

/** Whether something is missing at each place of `CODE [path]`. */
const areGaps = (told: unknown, data: string | undefined): boolean =>
  (told as readonly string[]).every((each) => {
    const value = valueAt(JSON.parse(data ?? 'null'), placeOf(each));
    return value !== undefined && (JSON.stringify(value) ?? '').includes('null');
  });

/** Whether nothing is missing at any place of `CODE [path]`, nor below it. */
const areWhole = (told: unknown, data: string | undefined): boolean =>
  (told as readonly string[]).every((each) => {
    if (!each.includes('[')) return false;
    const value = valueAt(JSON.parse(data ?? 'null'), placeOf(each));
    return value !== undefined && !JSON.stringify(value).includes('null');
  });

/** Whether each code is told of another place. */
const areToldElsewhere = (told: unknown, errors: readonly SideError[]): boolean =>
  (told as readonly string[]).every((each) => errors.some(({ code }) => each.startsWith(`${code} `)));

/** Whether each place is a field that the operation asks of other things than the one that stands there. */
const areOfOtherTypes = (told: unknown, data: string | undefined, { text }: Operation): boolean =>
  (told as readonly string[]).every((each) => {
    if (!each.includes('[')) return false;
    const path = placeOf(each);
    const [whole, key] = [JSON.parse(data ?? 'null') as unknown, path.at(-1)];
    const isThere = isObject(valueAt(whole, path.slice(0, -1))) && valueAt(whole, path) === undefined;
    return isThere && typeof key === 'string' && new RegExp(`\\b${key}\\b`).test(text);
  });

/** A field under the alias of a key of the worlds. */
const aliasedKey = /\b(id|sku|email|code|number|brand|shop|p): [a-z]\w*/;

/** Whether one is the other but for more of `null`. */
function isPruned(whole: unknown, pruned: unknown): boolean {
  if (pruned === null || whole === pruned) return true;
  if (!isObject(whole) || !isObject(pruned)) return false;
  const [one, other] = [whole, pruned] as Record<string, unknown>[];
  const keys = Object.keys(one ?? {});
  return (
    keys.join() === Object.keys(other ?? {}).join() && keys.every((key) => isPruned(one?.[key], other?.[key]))
  );
}

/** THE list of differences that are meant. Each has an example of its own in the tests. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'order of fields',
    reason:
      'Fields stand in the order in which they are first met (GraphQL, section 6.3.2, CollectFields). Stock moves fragments on the same type together.',
    matches: ({ ours, stock, truth }) => {
      const { data } = stock;
      if (data === undefined || ours.data === undefined || !isReordered(data, ours.data)) return false;
      return truth === undefined || ours.data === truth;
    },
  },
  {
    name: 'no answer',
    reason:
      'Stock fails to plan or to read a valid operation, for instance fields that are wanted of an @interfaceObject through an interface above it, and answers nothing.',
    matches: (differing) =>
      isTrue(differing) && !hasData(differing.stock) && differing.stock.errors.length > 0,
  },
  {
    name: 'error at another entity',
    reason:
      'Stock counts all entities of a list, also those of which nothing was asked, and tells the error of one at the place of another.',
    matches: ({ difference: { kind, stock, ours }, ours: { data, errors } }) => {
      if (kind !== 'errors' || /undefined$/m.test(String(ours))) return false;
      if (codesOf(stock) === codesOf(ours)) return areGaps(ours, data);
      return String(ours) === '' && areWhole(stock, data) && areToldElsewhere(stock, errors);
    },
  },
  {
    name: 'error about nothing',
    reason:
      'Stock sends an agency things of which nothing is asked, without their keys, behind a field that requires others of an @interfaceObject. The refusal concerns nobody: the answer is whole and true. So does an error of a field that is asked of things of another type.',
    matches: ({ difference: { kind, stock, ours }, ours: { data }, truth, operation }) => {
      if (kind !== 'errors' || (ours as readonly string[]).length > 0) return false;
      if (truth !== undefined) return data === truth;
      return !(data ?? 'null').includes('null') || areOfOtherTypes(stock, data, operation);
    },
  },
  {
    name: 'mutation run twice',
    reason:
      'A field that is selected twice is one field and executed once (GraphQL, section 6.3.2, CollectFields). Stock executes it again when one of the selections has a condition.',
    matches: ({ difference: { kind }, ours: { run }, effects }) =>
      kind === 'effects' &&
      run.effects.map((each) => each.slice(each.indexOf('.') + 1)).join() === effects.join(),
  },
  {
    name: 'null where the thing allows none',
    reason:
      'A field is completed by the type that the object itself has for it (GraphQL, section 6.4, ExecuteField), which may be stricter than that of the interface. Stock goes by the interface.',
    matches: ({ difference: { kind }, stock, ours }) => {
      if (kind !== 'data' || stock.data === undefined || ours.data === undefined) return false;
      const [whole, pruned] = [JSON.parse(stock.data) as unknown, JSON.parse(ours.data) as unknown];
      const isTold = ours.errors.some(({ path }) => path !== undefined && valueAt(whole, path) === null);
      return isTold && isPruned(whole, pruned);
    },
  },
  {
    name: 'values lost or mixed up',
    reason:
      'Stock leaves out fields under fragments on types that only overlap, and mixes up a field with another one whose alias is its name. Ours is what graphql-js answers without any federation.',
    matches: (differing) => {
      const { truth, difference, operation } = differing;
      const mayBeMixedUp =
        truth === undefined && difference.kind === 'data' && aliasedKey.test(operation.text);
      return isTrue(differing) || mayBeMixedUp;
    },
  },
];

/** The first rule that says why they differ. */
export const ruleFor = (differing: Differing): KnownDifference | undefined =>
  knownDifferences.find(({ matches }) => matches(differing));
