import { readFileSync } from 'node:fs';

/** One row of docs/fields.md. */
export interface FieldRow {
  /** `IdCard.documentNumber`. */
  readonly field: string;
  readonly term: string;
  readonly vietnameseTerm: string;
  readonly type: string;
  readonly sensitivity: string;
  readonly agency: string;
  /** Heading of the section it stands in. */
  readonly section: string;
}

const unquote = (cell: string): string => cell.trim().replace(/^`(.*)`$/, '$1');

function parseRow(line: string, section: string): FieldRow {
  const [field = '', term = '', vietnameseTerm = '', type = '', sensitivity = '', agency = '', ...rest] = line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(unquote);
  if (rest.length > 0 || agency === '') throw new Error(`docs/fields.md: a row needs six cells: ${line}`);
  return { field, term, vietnameseTerm, type, sensitivity, agency, section };
}

const isFrame = (line: string): boolean => /^\|\s*(Field\s*\||:?-+)/.test(line);

/** The rows of the field list, in order. */
export function parseFieldList(text: string): FieldRow[] {
  let section = '';
  return text.split('\n').flatMap((line) => {
    section = /^## (.+)$/.exec(line)?.[1]?.trim() ?? section;
    return line.startsWith('|') && !isFrame(line) ? [parseRow(line, section)] : [];
  });
}

export function readFieldList(): FieldRow[] {
  return parseFieldList(readFileSync(new URL('../../docs/fields.md', import.meta.url), 'utf8'));
}
