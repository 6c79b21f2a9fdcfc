type Holds = (value: unknown) => boolean;

const text: Holds = (value) => typeof value === 'string';
const flag: Holds = (value) => typeof value === 'boolean';
const orNull =
  (holds: Holds): Holds =>
  (value) =>
    value === null || holds(value);
const listOf =
  (holds: Holds): Holds =>
  (value) =>
    Array.isArray(value) && value.every(holds);
const oneOf =
  (...values: readonly unknown[]): Holds =>
  (value) =>
    values.includes(value);

/** An object with at least these properties; others may be there, from a newer version of the other side. */
function record(properties: Readonly<Record<string, Holds>>): Holds {
  const entries = Object.entries(properties);
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    entries.every(([name, holds]) => holds((value as Readonly<Record<string, unknown>>)[name]));
}

/** What shapes are said with. */
export const roughly = {
  text,
  textOrNull: orNull(text),
  flag,
  texts: listOf(text),
  orNull,
  listOf,
  oneOf,
  record,
} as const;
