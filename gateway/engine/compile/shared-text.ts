import { Kind, parse, print, stripIgnoredCharacters, type OperationDefinitionNode } from 'graphql';

/** What a fetch of entities asks, so that it can be asked beside others in one request. */
export interface SharableText {
  /** Below `_entities`, with its braces. */
  readonly selection: string;
  /** Definitions of the client's variables by name. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Several fetches of entities in one request. */
export interface SharedText {
  readonly query: string;
  /** Response key, and variable of the representations, of each fetch in turn. */
  readonly keys: readonly string[];
}

const toText = (node: Parameters<typeof print>[0]): string => stripIgnoredCharacters(print(node));

function readOperation(text: string): OperationDefinitionNode | null {
  const { definitions } = parse(text, { noLocation: true });
  const [only, second] = definitions;
  return !second && only?.kind === Kind.OPERATION_DEFINITION && !only.directives?.length ? only : null;
}

/** `null`: the text asks for more than entities, or in a way that cannot stand beside others. */
export function readSharable(text: string): SharableText | null {
  const operation = readOperation(text);
  const [field, second] = operation?.selectionSet.selections ?? [];
  if (!operation || second || field?.kind !== Kind.FIELD || field.alias || field.directives?.length)
    return null;
  if (field.name.value !== '_entities' || !field.selectionSet) return null;
  const definitions = operation.variableDefinitions ?? [];
  const others = definitions.filter(({ variable }) => variable.name.value !== 'representations');
  return {
    selection: toText(field.selectionSet),
    variables: new Map(others.map((each) => [each.variable.name.value, toText(each)])),
  };
}

function joinVariables(texts: readonly SharableText[]): ReadonlyMap<string, string> | null {
  const joined = new Map<string, string>();
  for (const { variables } of texts)
    for (const [name, definition] of variables) {
      if ((joined.get(name) ?? definition) !== definition) return null;
      joined.set(name, definition);
    }
  return joined;
}

/** `null`: they do not agree on a variable. */
export function shareText(texts: readonly SharableText[]): SharedText | null {
  const variables = joinVariables(texts);
  if (!variables) return null;
  let prefix = 'e';
  while ([...variables.keys()].some((name) => name.startsWith(prefix))) prefix += '_';
  const keys = texts.map((_, nth) => `${prefix}${nth}`);
  const definitions = [...keys.map((key) => `$${key}:[_Any!]!`), ...variables.values()];
  const fields = texts.map(({ selection }, nth) => {
    const key = keys[nth] ?? '';
    return `${key}:_entities(representations:$${key})${selection}`;
  });
  return { query: `query(${definitions.join(' ')}){${fields.join(' ')}}`, keys };
}
