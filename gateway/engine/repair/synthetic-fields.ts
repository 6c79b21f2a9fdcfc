import { Kind, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { readKept, type FieldSets, type ReplacedRequires } from './field-sets.ts';
import { argumentOf, directivesOf, hasFields, type FieldsType, type JoinModel } from './join-model.ts';
import type { SyntheticField } from './request-rewrites.ts';

/** Synthetic fields by the type that gets them. */
type Placement = ReadonlyMap<string, ReadonlySet<string>>;

interface Surgery {
  readonly model: JoinModel;
  readonly sets: FieldSets;
  readonly synthetics: ReadonlyMap<string, SyntheticField>;
  /** Name of the directive that hides a field from clients. */
  readonly hiding: string;
}

interface SurgeryWithReplaced extends Surgery {
  readonly replaced: ReadonlyMap<ConstDirectiveNode, ReplacedRequires>;
}

/** What an interface promises its types have too. */
function placeSynthetics({ replaced }: FieldSets, model: JoinModel): Placement {
  const placement = new Map<string, Set<string>>();
  const place = (typeName: string, name: string): void =>
    void placement.set(typeName, (placement.get(typeName) ?? new Set()).add(name));
  for (const { read } of replaced)
    for (const { typeName, synthetic } of read) if (synthetic !== undefined) place(typeName, synthetic);
  for (const type of model.types.values())
    for (const { name } of type.interfaces ?? [])
      for (const synthetic of [...(placement.get(name.value) ?? [])]) place(type.name.value, synthetic);
  return placement;
}

const siteOf = (graph: string, typeName: string, fieldName: string): string =>
  `${graph} ${typeName}.${fieldName}`;

/** Fields that field sets read after the replacement, by graph. */
function readSites({ replaced, kept }: FieldSets, model: JoinModel): ReadonlySet<string> {
  const sites = new Set<string>();
  for (const { graph, read } of replaced)
    for (const { typeName, fieldName, synthetic } of read)
      sites.add(siteOf(graph, typeName, synthetic ?? fieldName));
  for (const set of kept)
    for (const { typeName, fieldName } of readKept(set, model))
      sites.add(siteOf(set.graph, typeName, fieldName));
  return sites;
}

const interfacesIn = (type: FieldsType, graph: string): readonly string[] =>
  directivesOf(type, 'join__implements')
    .filter((each) => argumentOf(each, 'graph') === graph)
    .map((each) => String(argumentOf(each, 'interface')));

const isExternal = (directive: ConstDirectiveNode): boolean =>
  directive.name.value === 'join__field' && argumentOf(directive, 'external') === true;

function withRequires(
  directive: ConstDirectiveNode,
  replaced: ReadonlyMap<ConstDirectiveNode, ReplacedRequires>,
): ConstDirectiveNode {
  const found = replaced.get(directive);
  if (!found) return directive;
  const args = (directive.arguments ?? []).map((each) =>
    each.name.value === 'requires'
      ? { ...each, value: { kind: Kind.STRING as const, value: found.text } }
      : each,
  );
  return { ...directive, arguments: args };
}

/** Gives one type its synthetic fields. An `@external` declaration stays where something still needs it: nothing else is valid. */
function operate(
  type: FieldsType,
  surgery: SurgeryWithReplaced,
  placement: Placement,
  sites: ReadonlySet<string>,
): FieldsType {
  const { replaced, synthetics, model, hiding } = surgery;
  const typeName = type.name.value;
  const placed = [...(placement.get(typeName) ?? [])];
  const promises = (interfaceName: string, name: string): boolean =>
    placement.get(interfaceName)?.has(name) === true ||
    model.types.get(interfaceName)?.fields?.some((each) => each.name.value === name) === true;
  const isNeeded = (directive: ConstDirectiveNode, name: string): boolean => {
    const graph = String(argumentOf(directive, 'graph'));
    if (!isExternal(directive) || sites.has(siteOf(graph, typeName, name))) return true;
    return interfacesIn(type, graph).some((each) => promises(each, name));
  };
  const joinsOf = (field: FieldDefinitionNode, name: string): ConstDirectiveNode[] =>
    directivesOf(field, 'join__field')
      .filter((each) => isNeeded(each, name))
      .map((each) => withRequires(each, replaced));
  const hidden: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: hiding },
  };
  const syntheticOf = (field: FieldDefinitionNode, name: string): FieldDefinitionNode => ({
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: name },
    type: field.type,
    directives: [...joinsOf(field, name), hidden],
  });
  const fields = (type.fields ?? []).flatMap((field) => {
    const own = placed.filter((name) => synthetics.get(name)?.fieldName === field.name.value);
    const directives = (field.directives ?? [])
      .filter((each) => own.length === 0 || isNeeded(each, field.name.value))
      .map((each) => withRequires(each, replaced));
    return [{ ...field, directives }, ...own.map((name) => syntheticOf(field, name))];
  });
  return { ...type, fields };
}

/**
 * The supergraph with a hidden field without arguments for each `@requires` input that takes some. It is where the agency's
 * own field is, so the planner finds it in the same places; and it is no field of a client's, so nothing can collide.
 */
export function addSyntheticFields(supergraph: DocumentNode, surgery: Surgery): DocumentNode {
  const placement = placeSynthetics(surgery.sets, surgery.model);
  const sites = readSites(surgery.sets, surgery.model);
  const replaced = new Map(surgery.sets.replaced.map((each) => [each.directive, each]));
  const withReplaced = { ...surgery, replaced };
  const definitions = supergraph.definitions.map((each) =>
    hasFields(each) ? operate(each, withReplaced, placement, sites) : each,
  );
  return { ...supergraph, definitions };
}
