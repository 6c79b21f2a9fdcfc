import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  type InlineFragmentNode,
  type SelectionNode,
} from 'graphql';
import type { EntityKey, KeysOf } from '../../entity-keys.ts';
import { ownOf } from './generated-code.ts';
import type { SentForm } from './representation.ts';

type Values = Readonly<Record<string, unknown>>;

/** Whether an entity that came back is the one that was meant. */
export type IsMeant = (entity: Values, source: Values) => boolean;

/** A field of a key, under which name it is asked back, and under which it is known here. */
interface AskedField {
  readonly alias: string;
  readonly from: string;
  readonly name: string;
  readonly below: EntityKey;
}

/** How the entities of one type say who they are. */
export interface IdentityQuestion {
  readonly typeName: string;
  /** Keys that may be sent, the preferred first. */
  readonly keys: readonly (readonly AskedField[])[];
}

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;
const fieldsOf = (key: EntityKey) => key.filter((each) => each.kind === Kind.FIELD);

/** Whether a value holds what the key says; scalars are compared as text, for an `ID` may have been a number. */
function isSame(answered: unknown, meant: unknown, below: EntityKey): boolean {
  if (answered === meant) return true;
  if (Array.isArray(answered) || Array.isArray(meant)) {
    if (!Array.isArray(answered) || !Array.isArray(meant) || answered.length !== meant.length) return false;
    return answered.every((item, index) => isSame(item, meant[index], below));
  }
  if (!isObject(answered) || !isObject(meant)) return String(answered) === String(meant);
  if (below.length === 0) return JSON.stringify(answered) === JSON.stringify(meant);
  return fieldsOf(below).every(({ name: { value: name }, selectionSet }) =>
    isSame(ownOf(answered, name), ownOf(meant, name), selectionSet?.selections ?? []),
  );
}

/**
 * What to ask of entities of one form; `null`: they do not carry a key by which the agency could find them. `prefix`: of
 * response keys that nobody else uses.
 */
export function questionFor(form: SentForm, keysOf: KeysOf, prefix: string): IdentityQuestion | null {
  const from = new Map(form.fields.map((field) => [field.to, field.from]));
  const possible = keysOf(form.typeName).filter((key) =>
    fieldsOf(key).every(({ name }) => from.has(name.value)),
  );
  const chosen = form.needsAll ? possible.slice(0, 1) : possible;
  if (chosen.length === 0) return null;
  const asked = chosen.map((key, nth) =>
    fieldsOf(key).map(({ name: { value: name }, selectionSet }, index) => ({
      alias: `${prefix}${nth === 0 ? '' : `${nth}_`}${index}`,
      from: from.get(name) ?? name,
      name,
      below: selectionSet?.selections ?? [],
    })),
  );
  return { typeName: form.typeName, keys: asked };
}

/** Entities are judged by the first key that was sent of them; without one they are not the ones that were meant. */
export function createIdentityCheck({ keys }: IdentityQuestion): IsMeant {
  const [first = []] = keys;
  const [only] = first;
  if (keys.length === 1 && first.length === 1 && only && only.below.length === 0) {
    const { alias, from } = only;
    return (entity, source) => {
      const answered = entity[alias];
      return answered !== undefined && isSame(answered, ownOf(source, from), []);
    };
  }
  return (entity, source) => {
    const sent = keys.find((key) => key.every(({ from }) => ownOf(source, from) !== undefined));
    return (
      sent?.every(({ alias, from, below }) => {
        const answered = ownOf(entity, alias);
        return answered !== undefined && isSame(answered, ownOf(source, from), below);
      }) ?? false
    );
  };
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;

const askBack = ({ typeName, keys }: IdentityQuestion): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: nameNode(typeName) },
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: keys.flat().map(({ alias, name, below }) => ({
      kind: Kind.FIELD,
      alias: nameNode(alias),
      name: nameNode(name),
      ...(below.length > 0 && { selectionSet: { kind: Kind.SELECTION_SET, selections: below } }),
    })),
  },
});

/** The text with the questions as the last selections of `_entities`. */
export function askForIdentity(query: string, questions: readonly IdentityQuestion[]): string {
  if (questions.length === 0) return query;
  const document = parse(query, { noLocation: true });
  const ask = (node: SelectionNode): SelectionNode => {
    if (node.kind !== Kind.FIELD || node.name.value !== '_entities' || !node.selectionSet) return node;
    const selections = [...node.selectionSet.selections, ...questions.map(askBack)];
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  };
  const definitions = document.definitions.map((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return each;
    const selections = each.selectionSet.selections.map(ask);
    return { ...each, selectionSet: { ...each.selectionSet, selections } };
  });
  return stripIgnoredCharacters(print({ ...document, definitions }));
}
