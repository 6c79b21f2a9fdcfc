import {
  buildSchema,
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  validate,
  type GraphQLScalarType,
  type OperationDefinitionNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { isDay, scalars } from '#schema';

interface Case {
  /** What is accepted, as variable and as literal. */
  readonly good: readonly (string | number)[];
  readonly bad: readonly unknown[];
}

const notText = [20_260_131, 0, 1.5, true, false, [], ['2026-03-31'], {}, { text: '2026-03-31' }];
const arabic = '٠٧٩٠٨٥١٢٣٤٥٦';
const fullWidth = '０７９０８５１２３４５６';

const cases: Readonly<Record<string, Case>> = {
  PersonalId: {
    good: ['099085123456', '000000000000', '999999999999', '012345678'],
    bad: [
      ...['', '12345678', '1234567890', '12345678901', '1234567890123', '09908512345a', 'CCCD99085123'],
      ...[
        ' 099085123456',
        '099085123456 ',
        '099 085 123 456',
        '099085123456\n',
        '\t099085123456',
        '099-085-123456',
      ],
      ...[fullWidth, arabic, '09908512345６', '+99085123456', '-99085123456', '0x9085123456', '099085123e56'],
      ...['099085123456\u0000', '\u200b099085123456', '099085123456;--', "099085123456'"],
      ...[99_085_123_456, 123_456_789, 123_456_789_012, ...notText],
    ],
  },
  Date: {
    good: [
      '2026-03-31',
      '2024-02-29',
      '2000-02-29',
      '1900-02-28',
      '0001-01-01',
      '0004-02-29',
      '0099-12-31',
      '9999-12-31',
    ],
    bad: [
      ...['2026-02-30', '2026-02-29', '1900-02-29', '2100-02-29', '2026-04-31', '2026-00-10', '2026-13-01'],
      ...[
        '2026-01-00',
        '2026-01-32',
        '0000-01-01',
        '0000-02-29',
        '2026-1-31',
        '2026-01-1',
        '26-01-31',
        '02026-03-31',
      ],
      ...[
        '-0001-01-01',
        '+2026-01-01',
        '2026/01/31',
        '31/01/2026',
        '20260131',
        '2026-01',
        '2026',
        '',
        ' 2026-03-31',
      ],
      ...[
        '2026-03-31 ',
        '2026-03-31\n',
        '2026-03-31T00:00:00Z',
        '２０２６-03-31',
        '2026‐01‐31',
        'infinity',
        'today',
      ],
      ...['2026-03-31 BC', ...notText],
    ],
  },
  PartialDate: {
    good: ['1945', '1945-08', '1945-08-19', '0001', '0001-01', '9999-12-31', '2024-02-29'],
    bad: [
      ...[
        '0000',
        '0000-01',
        '0000-01-01',
        '1945-00',
        '1945-13',
        '1945-02-29',
        '1945-8',
        '945',
        '19450',
        '1945-',
      ],
      ...[
        '',
        ' 1945',
        '1945 ',
        '1945\n',
        '１９４５',
        '1945-08-',
        '--08-19',
        '1945-08-19T00:00',
        'khoảng 1945',
      ],
      ...[1945, ...notText],
    ],
  },
  YearMonth: {
    good: ['2026-01', '2026-12', '0001-01', '9999-12'],
    bad: [
      ...['2026-00', '2026-13', '0000-01', '2026-1', '2026', '2026-01-01', '26-01', '01/2026', '202601', ''],
      ...[' 2026-01', '2026-01 ', '2026-01\n', '２０２６-０１', '2026–01', '-2026-01'],
      ...[202_601, ...notText],
    ],
  },
  DateTime: {
    good: [
      ...['2026-03-31T08:00:00+07:00', '2026-03-31T01:00:00Z', '2026-03-31T23:59:59.999999999-05:30'],
      ...['2024-02-29T00:00:00Z', '0001-01-01T00:00:00Z', '2026-03-31T08:00:00.1Z'],
    ],
    bad: [
      ...['2026-02-30T08:00:00Z', '0000-01-01T00:00:00Z', '2026-03-31T24:00:00Z', '2026-03-31T08:60:00Z'],
      ...['2026-03-31T08:00:60Z', '2026-03-31T08:00:00', '2026-03-31 08:00:00Z', '2026-03-31T08:00Z'],
      ...[
        '2026-03-31T08:00:00+7',
        '2026-03-31T08:00:00+0700',
        '2026-03-31T08:00:00+24:00',
        '2026-03-31T08:00:00.Z',
      ],
      ...[
        '2026-03-31T08:00:00.1234567890Z',
        '2026-03-31T08:00:00 Z',
        '2026-03-31T08:00:00Z\n',
        '2026-03-31',
        '',
      ],
      ...['２０２６-03-31T08:00:00Z', 1_769_821_200_000, ...notText],
    ],
  },
  VND: {
    good: [0, 1, -1, 5_310_000, 2 ** 53 - 1, -(2 ** 53 - 1)],
    bad: [
      ...[
        2 ** 53,
        -(2 ** 53),
        2 ** 64,
        1.5,
        0.1,
        1e300,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.MIN_VALUE,
      ],
      ...[
        '1',
        '5310000',
        '',
        ' ',
        '0x10',
        '1e3',
        '１０００',
        '5.310.000',
        '1000 đồng',
        true,
        false,
        [],
        [1],
        {},
      ],
    ],
  },
};

const names = Object.keys(cases);
const scalarOf = (name: string): GraphQLScalarType => scalars[name]!;
const pick = (side: keyof Case) =>
  names.flatMap((name) => cases[name]![side].map((value) => [name, value] as const));

/** Forms that only a literal can have, and that no scalar takes. */
const badLiterals: Readonly<Record<string, readonly string[]>> = {
  text: ['12', '1.5', 'true', 'TODAY', '[]', '{}', '["2026-03-31"]', '{ day: "2026-03-31" }', '2026'],
  VND: [
    '1.0',
    '1e3',
    '1.5',
    '9007199254740992',
    '-9007199254740992',
    '"1"',
    'true',
    'ONE',
    '[1]',
    '{}',
    '99999999999999999999',
  ],
};

const schemaOf = (name: string) => {
  const schema = buildSchema(`scalar ${name} type Query { echo(value: ${name}): ${name} }`);
  Object.assign(schema.getType(name) as GraphQLScalarType, {
    parseValue: scalarOf(name).parseValue,
    parseLiteral: scalarOf(name).parseLiteral,
  });
  return schema;
};

const validateLiteral = (name: string, literal: string) =>
  validate(schemaOf(name), parse(`{ echo(value: ${literal}) }`));

function coerceVariable(name: string, value: unknown) {
  const document = parse(`query ($value: ${name}) { echo(value: $value) }`);
  const [operation] = document.definitions as readonly OperationDefinitionNode[];
  return getVariableValues(schemaOf(name), operation!.variableDefinitions!, { value });
}

function refusalOf(run: () => unknown): GraphQLError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(GraphQLError);
    return error as GraphQLError;
  }
  throw new Error('The value was accepted.');
}

function expectRefusal(error: GraphQLError, name: string, submitted: string): void {
  expect(error.extensions['code']).toBe('BAD_USER_INPUT');
  expect(error.message).toMatch(new RegExp(`^${name} takes `));
  if (submitted.trim().length > 4) expect(error.message).not.toContain(submitted.trim());
}

describe('a good value passes unchanged', () => {
  it.each(pick('good'))('%s %j', (name, value) => {
    expect(scalarOf(name).parseValue(value)).toBe(value);
    expect(coerceVariable(name, value).coerced).toEqual({ value });
    expect(validateLiteral(name, JSON.stringify(value))).toEqual([]);
    expect(scalarOf(name).serialize(value)).toBe(value);
  });
});

describe('a bad value is refused, without being repeated', () => {
  it.each(pick('bad'))('%s %j as a variable', (name, value) => {
    expectRefusal(
      refusalOf(() => scalarOf(name).parseValue(value)),
      name,
      String(value),
    );
    const { errors = [] } = coerceVariable(name, value);
    expect(errors.map((error) => error.extensions['code'])).toEqual(['BAD_USER_INPUT']);
  });

  it.each(pick('bad').filter(([, value]) => typeof value === 'string'))(
    '%s %j as a literal',
    (name, value) => {
      const errors = validateLiteral(name, JSON.stringify(value));
      expect(errors).toHaveLength(1);
      expectRefusal(errors[0]!, name, String(value));
      expect(errors[0]!.nodes?.[0]?.kind).toBe(Kind.STRING);
    },
  );

  const literals = names.flatMap((name) =>
    (badLiterals[name] ?? badLiterals['text']!).map((literal) => [name, literal] as const),
  );
  it.each(literals)('%s %s in the document', (name, literal) => {
    const errors = validateLiteral(name, literal);
    expect(errors).toHaveLength(1);
    expectRefusal(errors[0]!, name, literal);
  });

  it('there is a case for every scalar', () => {
    expect(Object.keys(scalars).sort()).toEqual([...names].sort());
    expect(names.filter((name) => scalarOf(name).name !== name)).toEqual([]);
  });
});

describe('what is stored', () => {
  it('an instant leaves as RFC 3339 in UTC', () => {
    expect(scalarOf('DateTime').serialize(new Date('2026-03-31T08:00:00+07:00'))).toBe(
      '2026-03-31T01:00:00.000Z',
    );
  });

  it('an amount leaves as a JSON integer, also from bigint columns', () => {
    expect(scalarOf('VND').serialize('5310000')).toBe(5_310_000);
    expect(scalarOf('VND').serialize(5_310_000n)).toBe(5_310_000);
    expect(scalarOf('VND').serialize('-9007199254740991')).toBe(-(2 ** 53 - 1));
  });

  it('negative zero is zero', () => {
    expect(Object.is(scalarOf('VND').parseValue(-0), 0)).toBe(true);
    expect(Object.is(scalarOf('VND').parseLiteral({ kind: Kind.INT, value: '-0' }), 0)).toBe(true);
    expect(Object.is(scalarOf('VND').serialize(-0), 0)).toBe(true);
  });

  const spoilt = [
    ['VND', ''],
    ['VND', ' '],
    ['VND', '0x10'],
    ['VND', '1e3'],
    ['VND', '9007199254740992'],
    ['VND', 2n ** 60n],
    ['VND', 1.5],
    ['VND', null],
    ['Date', '2026-02-30'],
    ['Date', new Date(0)],
    ['DateTime', new Date(Number.NaN)],
    ['DateTime', new Date(8.64e15)],
    ['PersonalId', 99_085_123_456],
  ] as const;
  it.each(spoilt)('%s %s does not leave, and the client is not blamed', (name, value) => {
    const error = refusalOf(() => scalarOf(name).serialize(value));
    expect(error.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(error.message).toBe(`A stored ${name} does not have its form.`);
  });
});

describe('isDay', () => {
  it('knows every day of four hundred years', () => {
    const days: string[] = [];
    for (let time = Date.UTC(1800, 0, 1); time < Date.UTC(2200, 0, 1); time += 86_400_000)
      days.push(new Date(time).toISOString().slice(0, 10));
    expect(days).toHaveLength(146_097);
    expect(days.filter((day) => !isDay(day))).toEqual([]);
  });
});
