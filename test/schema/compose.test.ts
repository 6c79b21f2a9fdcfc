import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { agencies, readSupergraph } from '#schema';
import { compare, compose, readCommitted, type Composed } from '../../schema/compose.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

describe('the composed graph', () => {
  let composed: Composed;
  beforeAll(() => {
    composed = compose();
  });

  it('is what is committed', () => {
    expect(readCommitted()).toEqual(composed);
    expect(readSupergraph()).toBe(composed.supergraph);
  });

  it('knows every agency by its name', () => {
    for (const { name, port } of agencies) {
      expect(composed.supergraph).toContain(
        `@join__graph(name: "${name}", url: "http://127.0.0.1:${port}/graphql")`,
      );
    }
  });

  it('shows clients no machinery of the federation', () => {
    const api = buildSchema(composed.api);
    expect(composed.api).not.toMatch(/join__|link__|_entities|_service|@key/);
    expect(Object.keys(api.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(['citizen', 'citizens']),
    );
  });

  it('npm run compose -- --check says so', { timeout: 60_000 }, async () => {
    const { stdout } = await run('npm', ['run', '--silent', 'compose', '--', '--check'], { cwd: root });
    expect(stdout.trim()).toBe('The committed supergraph and API are those of the working tree.');
  });
});

const before = `
  type Query { plate(number: String!): Plate }
  type Plate { number: String! colour: Colour owner: String issuedOn: String }
  enum Colour { WHITE YELLOW }
`;
const apiOf = (api: string): Composed => ({ supergraph: 'unchanged', api });
const compareApis = (api: string) => compare(apiOf(before), apiOf(api));

/** What an agency may be about to do to its clients, and whether it breaks them. */
const edits: readonly (readonly [
  what: string,
  from: string,
  to: string,
  breaking: string[],
  other: string[],
])[] = [
  ['removing a field', 'owner: String', '', ["Field 'owner' was removed from object type 'Plate'"], []],
  [
    'changing a type',
    'issuedOn: String',
    'issuedOn: Int',
    ["Field 'Plate.issuedOn' changed type from 'String' to 'Int'"],
    [],
  ],
  [
    'making a field nullable',
    'number: String! c',
    'number: String c',
    ["Field 'Plate.number' changed type from 'String!' to 'String'"],
    [],
  ],
  [
    'asking for one more argument',
    'number: String!)',
    'number: String!, year: Int!)',
    ["Argument 'year: Int!' added to field 'Query.plate'"],
    [],
  ],
  ['removing an enum value', ' YELLOW', '', ["Enum value 'YELLOW' was removed from enum 'Colour'"], []],
  ['adding a field', 'owner', 'year: Int owner', [], ["Field 'year' was added to object type 'Plate'"]],
  ['adding an enum value', 'YELLOW', 'YELLOW BLUE', [], ["Enum value 'BLUE' was added to enum 'Colour'"]],
  [
    'making a field surely there',
    'owner: String',
    'owner: String!',
    [],
    ["Field 'Plate.owner' changed type from 'String' to 'String!'"],
  ],
];

describe('the check against the committed files', () => {
  it.each(edits)('names %s', async (_, from, to, breaking, other) => {
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    expect(await compareApis(after)).toEqual({ isCurrent: false, breaking, other });
  });

  it('is content when nothing changed', async () => {
    expect(await compareApis(before)).toEqual({ isCurrent: true, breaking: [], other: [] });
  });

  it('notices a supergraph that differs although clients see no difference', async () => {
    const changed = { ...apiOf(before), supergraph: 'moved to another agency' };
    expect(await compare(apiOf(before), changed)).toEqual({ isCurrent: false, breaking: [], other: [] });
  });
});
