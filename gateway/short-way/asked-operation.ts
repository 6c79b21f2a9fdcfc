/** An operation as it was asked for. */
export interface AskedOperation {
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** GraphQL over HTTP, section 5.4, for bodies of the usual form; `null`: a form that others judge. */
export function readAsked(body: unknown): AskedOperation | null {
  if (!isValues(body)) return null;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string' || query === '') return null;
  if (!isAbsent(operationName) && typeof operationName !== 'string') return null;
  if (!isAbsent(variables) && !isValues(variables)) return null;
  if (!isAbsent(extensions) && (!isValues(extensions) || Object.keys(extensions).length > 0)) return null;
  return { source: query, operationName: operationName ?? undefined, variables: variables ?? {} };
}
