import { Kind } from 'graphql';
import type { FieldSets } from './field-sets.ts';
import { argumentOf, directivesOf, parseFieldSet, type JoinModel } from './join-model.ts';
import { standInName, type StandIn, type StandIns } from './request-rewrites.ts';

const namesOf = (fields: string): readonly string[] =>
  parseFieldSet(fields).selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []));

export function readStandIns({ types, nameOf }: JoinModel, { replaced }: FieldSets): StandIns {
  const nothing: ReadonlySet<string> = new Set();
  const found = new Map<string, StandIn>();
  for (const type of types.values())
    for (const place of directivesOf(type, 'join__type')) {
      if (argumentOf(place, 'isInterfaceObject') !== true) continue;
      const [graph, typeName] = [String(argumentOf(place, 'graph')), type.name.value];
      const keys = directivesOf(type, 'join__type')
        .filter((each) => argumentOf(each, 'graph') === graph)
        .flatMap((each) => namesOf(String(argumentOf(each, 'key') ?? '__typename')));
      const inputs = new Map(
        replaced
          .filter((each) => each.graph === graph && each.typeName === typeName)
          .map(({ fieldName, text }) => [fieldName, new Set(namesOf(text))]),
      );
      const inputsOf = (fieldName: string) => inputs.get(fieldName) ?? nothing;
      found.set(standInName(nameOf(graph), typeName), { keys: new Set(keys), inputsOf });
    }
  return found;
}
