import { GraphQLError, GraphQLScalarType, Kind, type GraphQLScalarTypeConfig, type ValueNode } from 'graphql';

interface TextForm {
  readonly name: string;
  readonly accepts: (text: string) => boolean;
  /** Completes "… takes"; never contains the submitted value. */
  readonly form: string;
}

function refuse(name: string, form: string, node?: ValueNode): never {
  throw new GraphQLError(`${name} takes ${form}.`, {
    nodes: node ?? null,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** A stored value without its form is our fault, not the client's. */
function spoilt(name: string): never {
  throw new GraphQLError(`A stored ${name} does not have its form.`, {
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

const instantOf = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString());

function textScalar({ name, accepts, form }: TextForm): GraphQLScalarType<string, string> {
  const isOfForm = (value: unknown): value is string => typeof value === 'string' && accepts(value);
  const parse = (value: unknown, node?: ValueNode): string =>
    isOfForm(value) ? value : refuse(name, form, node);
  const write = (value: unknown): string => (isOfForm(value) ? value : spoilt(name));
  const config: GraphQLScalarTypeConfig<string, string> = {
    name,
    serialize: (value) => write(value instanceof Date ? instantOf(value) : value),
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  };
  return new GraphQLScalarType(config);
}

const isYear = (text: string): boolean => /^\d{4}$/.test(text) && text !== '0000';
/** The number that so many digits of a text make; `NaN` when they are not all digits. */
function numberAt(text: string, start: number, digits: number): number {
  let number = 0;
  for (let index = start; index < start + digits; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day that exists in the Gregorian calendar, `YYYY-MM-DD`, from the year 0001 on: there is no year 0. */
export function isDay(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  const [year, month, day] = [numberAt(text, 0, 4), numberAt(text, 5, 2), numberAt(text, 8, 2)];
  const days = month === 2 && isLeap(year) ? 29 : (daysOf[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= days;
}

const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && isYear(text.slice(0, 4));
const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const isInstant = (text: string): boolean => isDay(instantPattern.exec(text)?.[1] ?? '');

const personalId = textScalar({
  name: 'PersonalId',
  accepts: (text) => /^(\d{12}|\d{9})$/.test(text),
  form: 'a string of 12 digits (personal number) or 9 digits (old CMND)',
});
const date = textScalar({ name: 'Date', accepts: isDay, form: 'a day as YYYY-MM-DD' });
const partialDate = textScalar({
  name: 'PartialDate',
  accepts: (text) => isDay(text) || isMonth(text) || isYear(text),
  form: 'a day, month or year as YYYY-MM-DD, YYYY-MM or YYYY',
});
const yearMonth = textScalar({ name: 'YearMonth', accepts: isMonth, form: 'a month as YYYY-MM' });
const dateTime = textScalar({
  name: 'DateTime',
  accepts: isInstant,
  form: 'an instant as RFC 3339, for instance 2026-01-31T08:00:00+07:00',
});

const vndForm = 'a whole number of đồng between -(2^53-1) and 2^53-1';
const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value);
/** Adding nothing turns the negative zero into zero. */
const amountOf = (value: unknown, node?: ValueNode): number =>
  isAmount(value) ? value + 0 : refuse('VND', vndForm, node);

/** PostgreSQL's `bigint` arrives as text or bigint. */
function writeAmount(value: unknown): number {
  const isText = typeof value === 'string' && /^-?\d+$/.test(value);
  const amount = isText || typeof value === 'bigint' ? Number(value) : value;
  return isAmount(amount) ? amount + 0 : spoilt('VND');
}

const vnd = new GraphQLScalarType<number, number>({
  name: 'VND',
  serialize: writeAmount,
  parseValue: (value) => amountOf(value),
  parseLiteral: (node) => amountOf(node.kind === Kind.INT ? Number(node.value) : undefined, node),
});

/**
 * The scalars of the graph, alike at the gateway and in every agency. Each refuses a value that does not have its
 * form with `BAD_USER_INPUT`, in words that never repeat the value; a stored value without its form fails the field.
 */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  PersonalId: personalId,
  Date: date,
  PartialDate: partialDate,
  YearMonth: yearMonth,
  DateTime: dateTime,
  VND: vnd,
};
