import type { SideAnswer, SideError } from './sides/side.ts';

/** What two gateways said differently of the same; `ways`: what ours said differently on its two ways. */
export interface Difference {
  readonly kind: 'data' | 'errors' | 'effects' | 'places' | 'ways';
  readonly stock: unknown;
  readonly ours: unknown;
}

/**
 * Stock tells a fetch that failed as a whole by one error that stands nowhere, or at a place of the plan (`@` for every
 * item of a list, or `_entities`); ours at every place where something is missing.
 */
const isNowhere = ({ path }: SideError): boolean =>
  path === undefined || path.includes('@') || path.includes('_entities');

const told = ({ path, code }: SideError): string => `${code} ${JSON.stringify(path)}`;
const setOf = (errors: readonly SideError[]): Set<string> => new Set(errors.map(told));

/** What a client finds at a place: a value, `null` there or above it, or `undefined`. */
export function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return value === null ? null : undefined;
    value = Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined;
  }
  return value;
}

/** The place of the `null` that a client sees for what is missing at a place: there, or above. */
function nullAbove(data: string | undefined, path: readonly (string | number)[]): string {
  const whole = JSON.parse(data ?? 'null') as unknown;
  const length = path.findIndex((_, index) => valueAt(whole, path.slice(0, index)) === null);
  return JSON.stringify(length < 0 ? path : path.slice(0, length));
}

/** Several reasons for one `null` need not all be told (GraphQL, section 6.4.4). */
const isSameNull = (
  { data }: SideAnswer,
  one: readonly (string | number)[] | undefined,
  other: readonly (string | number)[],
): boolean => one !== undefined && nullAbove(data, one) === nullAbove(data, other);

/**
 * A value that does not fit its type is an error of its field (GraphQL, section 6.4.4). Stock tells of it under
 * `extensions`, and not at all when there is any error, or when a thing is of no known type; then only the `null` can be
 * seen.
 */
function isMisfit(stock: SideAnswer, { code, path }: SideError): boolean {
  if (code !== 'SUBGRAPH_BAD_RESPONSE' || path === undefined) return false;
  const isGap = valueAt(JSON.parse(stock.data ?? 'null'), path) === null;
  if (path.at(-1) === '__typename') return isGap;
  const root = nullAbove(stock.data, path);
  if (stock.errors.length === 0) return stock.misfits.some((each) => nullAbove(stock.data, each) === root);
  return isGap;
}

/**
 * A place that a client did not ask for, such as a field that another one requires, or that is below a `null`. Stock names it; the path of an error
 * is one of the answer (GraphQL, section 7.1.2), so ours is the place above it that the client knows.
 */
const isHidden = ({ data }: SideAnswer, { path = [] }: SideError): boolean => {
  if (data === undefined) return false;
  const whole = JSON.parse(data) as unknown;
  return valueAt(whole, path) === undefined || valueAt(whole, path.slice(0, -1)) === null;
};

const isAbove = (upper: SideError, lower: SideError): boolean =>
  upper.code === lower.code &&
  upper.path !== undefined &&
  upper.path.every((step, index) => step === lower.path?.[index]);

const isToldAbove = (ours: SideAnswer, error: SideError): boolean =>
  isHidden(ours, error) && ours.errors.some((each) => isAbove(each, error));

/** Errors as sets of code and path; order and repetition say nothing. */
function compareErrors(stock: SideAnswer, ours: SideAnswer): Difference | null {
  const nowhere = new Set(stock.errors.filter(isNowhere).map(({ code }) => code));
  const placed = setOf(stock.errors.filter((each) => !isNowhere(each)));
  const said = setOf(ours.errors);
  const missing = stock.errors
    .filter((each) => placed.has(told(each)) && !said.has(told(each)) && !isToldAbove(ours, each))
    .map(told);
  const more = ours.errors
    .filter((each) => !placed.has(told(each)) && !isMisfit(stock, each))
    .filter((each) => !stock.errors.some((other) => isHidden(ours, other) && isAbove(each, other)));
  const mute = stock.misfits.filter(
    (place) => !ours.errors.some(({ path }) => isSameNull(ours, path, place)),
  );
  const unheard = [...nowhere].filter((code) => !ours.errors.some((each) => each.code === code));
  const unfounded = more.filter(({ code }) => !nowhere.has(code)).map(told);
  if (missing.length + unheard.length + unfounded.length + mute.length === 0) return null;
  return { kind: 'errors', stock: [...missing, ...unheard, ...mute.map(String)], ours: unfounded };
}

/** What we alone tell stands at places of the answer: what a client did not ask for has none. */
function comparePlaces(stock: SideAnswer, ours: SideAnswer): Difference | null {
  if (ours.data === undefined) return null;
  const data = JSON.parse(ours.data) as unknown;
  const known = setOf(stock.errors);
  const lost = ours.errors
    .filter((each) => !known.has(told(each)))
    .filter(({ path }) => path !== undefined && valueAt(data, path) === undefined)
    .map(told);
  return lost.length > 0 ? { kind: 'places', stock: stock.errors.map(told), ours: lost } : null;
}

/** A known operation is answered as an unknown one is, to the letter and in the same order. */
function compareWays({ data, errors, known }: SideAnswer): Difference | null {
  if (!known) return null;
  const [one, other] = [{ data, errors }, known].map((each) => JSON.stringify([each.data, each.errors]));
  return one === other ? null : { kind: 'ways', stock: one, ours: other };
}

/** The first difference in data (byte for byte), what was done, and errors; `null`: there is none. */
export function compare(stock: SideAnswer, ours: SideAnswer): Difference | null {
  const ways = compareWays(ours);
  if (ways) return ways;
  if ((stock.data ?? 'null') !== (ours.data ?? 'null'))
    return { kind: 'data', stock: stock.data, ours: ours.data };
  const [done, doneByUs] = [stock.run.effects.join('\n'), ours.run.effects.join('\n')];
  if (done !== doneByUs) return { kind: 'effects', stock: done, ours: doneByUs };
  return compareErrors(stock, ours) ?? comparePlaces(stock, ours);
}
