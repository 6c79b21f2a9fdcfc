import { parse, print, validate, buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { personas } from '#db/population';
import { examplePersona, examplePersonalId, profileQuery } from '../../../gateway/explorer/index.ts';
import { layOut } from '../../../gateway/explorer/layout.ts';
import { testAsOf } from '../../support/agency-under-test.ts';

test('the profile query fits what clients see', () => {
  const api = readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8');
  expect(validate(buildSchema(api), parse(profileQuery)).map((error) => error.message)).toEqual([]);
});

test('the example is a persona', () => {
  const example = personas(testAsOf).find(({ name }) => name === examplePersona);
  expect(example).toMatchObject({ personalId: examplePersonalId, level: 2 });
});

test.each([20, 44, 80, 400])('laid out for %i columns it is the same document', (columns) => {
  const text = layOut(profileQuery, columns);
  expect(print(parse(text))).toBe(print(parse(profileQuery)));
  const unavoidable = /^ *(\w+( ?\(.*\))?|query .*|\w+\(.*\)) ?\{?$/;
  expect(text.split('\n').filter((line) => line.length > columns && !unavoidable.test(line))).toEqual([]);
});

test('laid out, a small selection stands on one line', () => {
  expect(layOut('{ a { b c } d e }', 44)).toBe('{\n  a { b c }\n  d e\n}\n');
  expect(layOut('{ a { b c } d e }', 8)).toBe('{\n  a {\n    b c\n  }\n  d e\n}\n');
});
