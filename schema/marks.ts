import { Kind, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import type { Need } from './decision.ts';
import { isMarkScope, type MarkScope } from './scopes.ts';
import { readTypes } from './sdl-types.ts';

/** What the SDL says of who may read a field. */
export type Mark =
  | { readonly kind: 'consent'; readonly scope: MarkScope }
  | { readonly kind: 'level'; readonly min: 1 | 2; readonly scope: MarkScope }
  | { readonly kind: 'open'; readonly why: string };

/** `Type.field` to its mark. */
export type Marks = ReadonlyMap<string, Mark>;

export const markNames = ['consent', 'level', 'open'] as const;

function argumentOf(
  directive: ConstDirectiveNode,
  name: string,
  kind: Kind.STRING | Kind.INT,
): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === kind ? value.value : undefined;
}

/** One mark as it is written; `null` when it names no known scope or level, or no reason. */
function readMark(directive: ConstDirectiveNode): Mark | null {
  const scope = argumentOf(directive, 'scope', Kind.STRING);
  const min = Number(argumentOf(directive, 'min', Kind.INT));
  const why = argumentOf(directive, 'why', Kind.STRING)?.trim() ?? '';
  const kind = markNames.find((name) => name === directive.name.value);
  if (kind === 'open') return why === '' ? null : { kind, why };
  if (!isMarkScope(scope)) return null;
  if (kind === 'consent') return { kind, scope };
  return kind === 'level' && (min === 1 || min === 2) ? { kind, min, scope } : null;
}

/** Every mark of a field, `null` for one that cannot be read: a field should carry one. */
export function readFieldMarks(field: FieldDefinitionNode): readonly (Mark | null)[] {
  return (field.directives ?? [])
    .filter(({ name }) => markNames.some((mark) => mark === name.value))
    .map(readMark);
}

/** The one mark of a field; `null` when it has none, several, or one that cannot be read. */
export function markOf(field: FieldDefinitionNode): Mark | null {
  const [mark = null, ...others] = readFieldMarks(field);
  return others.length === 0 ? mark : null;
}

function requireOneMark(field: FieldDefinitionNode, coordinate: string): Mark | null {
  const marks = readFieldMarks(field);
  if (marks.length > 1) throw new Error(`${coordinate}: a field carries one mark.`);
  if (marks[0] === null) throw new Error(`${coordinate}: its mark names no known scope, level or reason.`);
  return marks[0] ?? null;
}

/**
 * The marks of an agency's SDL or of the supergraph, of object types and interfaces, extensions included.
 * @throws Error for an unknown scope or level, a reason that says nothing, or two marks
 */
export function readMarks(document: DocumentNode): Marks {
  const marks = new Map<string, Mark>();
  for (const { name, fields } of readTypes(document).values())
    for (const field of fields) {
      const coordinate = `${name}.${field.name.value}`;
      const mark = requireOneMark(field, coordinate);
      if (mark) marks.set(coordinate, mark);
    }
  return marks;
}

/** What a mark asks of a reader; `null` for an open field. `@consent` stands for level 2. */
export function needOf(mark: Mark): Need | null {
  if (mark.kind === 'open') return null;
  return { scope: mark.scope, minLevel: mark.kind === 'consent' ? 2 : mark.min };
}

/** The marks that guard something, with what they ask. */
export function guardsOf(marks: Marks): ReadonlyMap<string, Need> {
  const guards = new Map<string, Need>();
  for (const [coordinate, mark] of marks) {
    const need = needOf(mark);
    if (need) guards.set(coordinate, need);
  }
  return guards;
}
