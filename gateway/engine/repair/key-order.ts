import { type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { argumentOf, hasFields, type FieldsType } from './join-model.ts';

const isUnresolvable = (directive: ConstDirectiveNode): boolean =>
  directive.name.value === 'join__type' && argumentOf(directive, 'resolvable') === false;

function orderKeysOf(type: FieldsType): FieldsType {
  const directives = type.directives ?? [];
  const unresolvable = directives.filter(isUnresolvable);
  if (unresolvable.length === 0) return type;
  const others = directives.filter((each) => !isUnresolvable(each));
  return { ...type, directives: [...others, ...unresolvable] };
}

/**
 * The supergraph with the resolvable keys of each type first. Apollo's planner goes back into an agency (after
 * `@requires`) by the first key it can read there, and does not look whether the agency resolves it. Graphs keep their
 * order among themselves as far as resolvable keys go; a type with none but unresolvable keys in a graph keeps them.
 */
export function orderKeys(supergraph: DocumentNode): DocumentNode {
  const definitions = supergraph.definitions.map((each) => (hasFields(each) ? orderKeysOf(each) : each));
  const isSame = definitions.every((each, index) => each === supergraph.definitions[index]);
  return isSame ? supergraph : { ...supergraph, definitions };
}
