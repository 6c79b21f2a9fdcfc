import { Kind, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import type { Need } from './decision.ts';
import { isMarkScope, type MarkScope } from './scopes.ts';

/** What the SDL says of who may read a field. */
export type Mark =
  | { readonly kind: 'consent'; readonly scope: MarkScope }
  | { readonly kind: 'level'; readonly min: 1 | 2; readonly scope: MarkScope }
  | { readonly kind: 'open'; readonly why: string };

/** `Type.field` to its mark. */
export type Marks = ReadonlyMap<string, Mark>;

export const markNames = ['consent', 'level', 'open'] as const;

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && (value.kind === Kind.STRING || value.kind === Kind.INT) ? value.value : undefined;
}

function markOf(directive: ConstDirectiveNode, coordinate: string): Mark | null {
  const scope = argumentOf(directive, 'scope');
  const refused = (): never => {
    throw new Error(`${coordinate}: @${directive.name.value} names no known scope or level.`);
  };
  switch (directive.name.value) {
    case 'open':
      return { kind: 'open', why: argumentOf(directive, 'why') ?? refused() };
    case 'consent':
      return isMarkScope(scope) ? { kind: 'consent', scope } : refused();
    case 'level': {
      const min = Number(argumentOf(directive, 'min'));
      return isMarkScope(scope) && (min === 1 || min === 2) ? { kind: 'level', min, scope } : refused();
    }
    default:
      return null;
  }
}

function readField(field: FieldDefinitionNode, coordinate: string): Mark | null {
  const marks = (field.directives ?? []).flatMap((directive) => markOf(directive, coordinate) ?? []);
  if (marks.length > 1) throw new Error(`${coordinate}: a field carries one mark.`);
  return marks[0] ?? null;
}

/** The marks of an agency's SDL or of the supergraph. @throws Error for an unknown scope or level, or two marks */
export function readMarks(document: DocumentNode): Marks {
  const marks = new Map<string, Mark>();
  for (const definition of document.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.OBJECT_TYPE_EXTENSION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    )
      continue;
    for (const field of definition.fields ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      const mark = readField(field, coordinate);
      if (mark) marks.set(coordinate, mark);
    }
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
