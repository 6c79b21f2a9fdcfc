import { Kind, print, type DocumentNode, type InputValueDefinitionNode } from 'graphql';
import { readFederationNames, textOf } from './federation-names.ts';
import { isGuarded, listFields, type PlacedField, type SdlRule } from './marked-sdl.ts';
import { entityKey, entityName, isRoot, namedTypeOf } from './sdl-types.ts';

const numberScalar = 'PersonalId';
/** The arguments that name the subject of a root field, each with its form. */
const subjectForms: ReadonlyMap<string, RegExp> = new Map([
  ['personalId', /^PersonalId!?$/],
  ['personalIds', /^\[PersonalId!?\]!?$/],
]);

/** The input types of a document with the types of their fields. */
function readInputs(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const inputs = new Map<string, readonly string[]>();
  for (const node of document.definitions)
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) {
      const below = (node.fields ?? []).map(({ type }) => namedTypeOf(type));
      inputs.set(node.name.value, [...(inputs.get(node.name.value) ?? []), ...below]);
    }
  return inputs;
}

function holdsNumber(
  name: string,
  inputs: ReadonlyMap<string, readonly string[]>,
  seen = new Set<string>(),
): boolean {
  if (name === numberScalar) return true;
  if (seen.has(name)) return false;
  seen.add(name);
  return (inputs.get(name) ?? []).some((below) => holdsNumber(below, inputs, seen));
}

type Inputs = ReturnType<typeof readInputs>;

function checkArguments({ type, field }: PlacedField, inputs: Inputs): string[] {
  const given = field.arguments ?? [];
  const isSubject = (argument: InputValueDefinitionNode): boolean =>
    isRoot(type.name) && (subjectForms.get(argument.name.value)?.test(print(argument.type)) ?? false);
  const isNumber = (argument: InputValueDefinitionNode): boolean =>
    subjectForms.has(argument.name.value) || holdsNumber(namedTypeOf(argument.type), inputs);
  const isTwofold = given.filter(isSubject).length > 1;
  return given
    .filter((argument) => isNumber(argument) && (isTwofold || !isSubject(argument)))
    .map(({ name }) => name.value);
}

/**
 * The subject of a guarded field is the citizen it stands on; of a root field whom `personalId` or `personalIds` names,
 * else the caller; and a mark covers everything below for that one subject. A number that comes in otherwise would be read
 * with the right to somebody else's data.
 */
export const argumentRule: SdlRule = (sdl) => {
  const inputs = readInputs(sdl.document);
  return listFields(sdl)
    .filter(({ type, field }) => !isRoot(type.name) || isGuarded(field))
    .flatMap((placed) =>
      checkArguments(placed, inputs).map(
        (name) =>
          `${placed.coordinate}(${name}:) (${sdl.name}): the guard would ask about another subject; take one personalId: ` +
          'PersonalId! or personalIds: [PersonalId!]! of a root field.',
      ),
    );
};

/** Each number of a list is decided for itself: what is refused is `null` in its place. */
export const listRule: SdlRule = (sdl) =>
  listFields(sdl)
    .filter(
      ({ field }) => isGuarded(field) && field.arguments?.some(({ name }) => name.value === 'personalIds'),
    )
    .filter(({ field }) => !/^\[\w+\]$/.test(print(field.type)))
    .map(
      ({ field, coordinate }) =>
        `${coordinate} (${sdl.name}): each of personalIds is decided for itself; answer [${namedTypeOf(field.type)}].`,
    );

/** Agencies meet by `Citizen.id` alone: another entity has no subject, another key would carry data past its guard. */
export const entityRule: SdlRule = ({ name: agency, document, types }) => {
  const nameOf = readFederationNames(document);
  return [...types.values()].flatMap(({ name, directives }) => {
    const keys = directives.filter((directive) => nameOf(directive) === 'key');
    if (name !== entityName && keys.length > 0)
      return [`${name} (${agency}): is an entity whose subject nobody can find; remove its @key.`];
    if (name === entityName && keys.length === 0)
      return [`${name} (${agency}): has no @key; write @key(fields: "${entityKey}").`];
    return keys
      .filter((key) => textOf(key, 'fields')?.trim() !== entityKey)
      .map(
        () => `${name} (${agency}): a key other than ${entityKey} carries data past its guard; remove it.`,
      );
  });
};
