import { Kind, parse, print, type DocumentNode, type InlineFragmentNode, type SelectionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { EntityKey, KeysOf } from './entity-keys.ts';

type Values = Readonly<Record<string, unknown>>;

/** Asks entities who they are, beside what a fetch wants of them. */
export interface IdentityQuestion {
  /** The text to send in place of the fetch's own. */
  readonly query: string;
  /** Whether the entity is the one that was meant. Takes the answer to the question out of the entity. */
  isMeant(entity: Record<string, unknown>, representation: Values): boolean;
}

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;
const isField = (node: SelectionNode) => node.kind === Kind.FIELD;

/** Whether a value holds what the key says; scalars are compared as text, for an `ID` may have been a number. */
function isSame(answered: unknown, meant: unknown, below: EntityKey): boolean {
  if (Array.isArray(answered) || Array.isArray(meant)) {
    if (!Array.isArray(answered) || !Array.isArray(meant) || answered.length !== meant.length) return false;
    return answered.every((item, index) => isSame(item, meant[index], below));
  }
  if (!isObject(answered) || !isObject(meant)) return String(answered) === String(meant);
  if (below.length === 0) return JSON.stringify(answered) === JSON.stringify(meant);
  return below.filter(isField).every((field) => {
    const name = field.name.value;
    return isSame(answered[name], meant[name], field.selectionSet?.selections ?? []);
  });
}

const hasKey = (representation: Values, key: EntityKey): boolean =>
  key.filter(isField).every((field) => Object.hasOwn(representation, field.name.value));

/** By type name; empty when none is known. */
type ChosenKeys = ReadonlyMap<string, EntityKey>;

/** The key by which the first of each type is meant; all of one type in a fetch are meant by the same. */
function chooseKeys(representations: readonly Values[], keysOf: KeysOf): ChosenKeys {
  const chosen = new Map<string, EntityKey>();
  for (const representation of representations) {
    const typeName = String(representation['__typename']);
    if (chosen.has(typeName)) continue;
    chosen.set(typeName, keysOf(typeName).find((key) => hasKey(representation, key)) ?? []);
  }
  return chosen;
}

const isSameChoice = (one: ChosenKeys, other: ChosenKeys): boolean =>
  one.size === other.size && [...one].every(([typeName, key]) => other.get(typeName) === key);

/** A response key that neither the plan nor a client uses below entities: it is taken out again. */
const aliasOf = (index: number): string => `__meant${index}`;

const askBack = (typeName: string, key: EntityKey): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: key
      .filter(isField)
      .map((field, index) => ({ ...field, alias: { kind: Kind.NAME, value: aliasOf(index) } })),
  },
});

/** The text with the questions as the last selections of `_entities`. */
function amend(document: DocumentNode, keys: ChosenKeys): string {
  const questions = [...keys].flatMap(([typeName, key]) => (key.length > 0 ? [askBack(typeName, key)] : []));
  const ask = (node: SelectionNode): SelectionNode => {
    if (node.kind !== Kind.FIELD || node.name.value !== '_entities' || !node.selectionSet) return node;
    const selections = [...node.selectionSet.selections, ...questions];
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  };
  const definitions = document.definitions.map((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return each;
    const selections = each.selectionSet.selections.map(ask);
    return { ...each, selectionSet: { ...each.selectionSet, selections } };
  });
  return print({ ...document, definitions });
}

function isMeantBy(key: EntityKey, entity: Record<string, unknown>, representation: Values): boolean {
  const matches = key.filter(isField).map((field, index) => {
    const [alias, name] = [aliasOf(index), field.name.value];
    const isAnswered = Object.hasOwn(entity, alias);
    const answered = entity[alias];
    delete entity[alias];
    return isAnswered && isSame(answered, representation[name], field.selectionSet?.selections ?? []);
  });
  return matches.every(Boolean);
}

/** Texts of fetches remembered at once, in characters. */
const maxCharacters = 4_000_000;

interface Amended {
  readonly keys: ChosenKeys;
  readonly text: string;
}

/**
 * How to tell that the entities of an agency are those that were meant: their keys are asked back. A type without a known
 * key is believed.
 */
export function createIdentityQuestions(keysOf: KeysOf) {
  const texts = new LRUCache<string, Amended>({
    maxSize: maxCharacters,
    sizeCalculation: ({ text }, query) => text.length + query.length + 1,
  });
  return (query: string, representations: readonly Values[]): IdentityQuestion => {
    const chosen = chooseKeys(representations, keysOf);
    const known = texts.get(query);
    const isKnown = known !== undefined && isSameChoice(known.keys, chosen);
    const { keys, text } = isKnown
      ? known
      : { keys: chosen, text: amend(parse(query, { noLocation: true }), chosen) };
    if (!isKnown) texts.set(query, { keys, text });
    return {
      query: text,
      isMeant: (entity, representation) =>
        isMeantBy(keys.get(String(representation['__typename'])) ?? [], entity, representation),
    };
  };
}
