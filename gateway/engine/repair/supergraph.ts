import { Kind, parse, print, type DocumentNode } from 'graphql';
import { namesIn, readFieldSets, type FieldSets } from './field-sets.ts';
import { findHiding } from './inaccessible.ts';
import { argumentOf, directivesOf, readJoinModel, type JoinModel } from './join-model.ts';
import { orderKeys } from './key-order.ts';
import type { RequestRewrites } from './request-rewrites.ts';
import { createNaming } from './required-fields.ts';
import { readStandIns } from './stand-ins.ts';
import { addSyntheticFields } from './synthetic-fields.ts';

export interface RepairedSupergraph {
  /** What Apollo's planner is given; the text as it was when there is nothing to repair. */
  readonly text: string;
  /** How plans over that text are made ready for the agencies. */
  readonly requestRewrites: RequestRewrites;
}

function createNeeds({ replaced }: FieldSets, { nameOf }: JoinModel): RequestRewrites['neededFor'] {
  const nothing: ReadonlySet<string> = new Set();
  const needs = new Map<string, ReadonlySet<string>>();
  for (const { graph, typeName, fieldName, read } of replaced) {
    const names = read.flatMap(({ synthetic }) => synthetic ?? []);
    needs.set(`${nameOf(graph)} ${typeName}.${fieldName}`, new Set(names));
  }
  return (agency, typeName, fieldName) => needs.get(`${agency} ${typeName}.${fieldName}`) ?? nothing;
}

/** Whether keys are resolvable is said per key: `@join__type(graph:, key:, resolvable:)`. */
function createUnresolvable({ types, nameOf }: JoinModel): RequestRewrites['isUnresolvable'] {
  const resolvable = new Set<string>();
  const keyed = new Set<string>();
  for (const type of types.values())
    for (const each of directivesOf(type, 'join__type')) {
      if (argumentOf(each, 'key') === undefined) continue;
      const place = `${nameOf(String(argumentOf(each, 'graph')))} ${type.name.value}`;
      (argumentOf(each, 'resolvable') === false ? keyed : resolvable).add(place);
    }
  return (agency, typeName) => {
    const place = `${agency} ${typeName}`;
    return keyed.has(place) && !resolvable.has(place);
  };
}

/** A join spec before v0.2 says too little about where fields are: such supergraphs are of federation 1. */
const isOldJoin = ({ definitions }: DocumentNode): boolean =>
  definitions.some(
    (each) =>
      each.kind === Kind.SCHEMA_DEFINITION &&
      each.directives?.some((link) => /\/join\/v0\.1$/.test(String(argumentOf(link, 'url')))),
  );

function giveSynthetics(
  supergraph: DocumentNode,
  model: JoinModel,
): { document: DocumentNode; rewrites: RequestRewrites } {
  const fieldNames = [...model.types.values()].flatMap(({ fields }) => fields ?? []);
  const naming = createNaming(new Set(fieldNames.map(({ name }) => name.value)));
  const sets = readFieldSets(model, naming);
  const { synthetics } = naming;
  const hiding = synthetics.size > 0 && !isOldJoin(supergraph) ? findHiding(supergraph) : undefined;
  const texts = [...sets.kept, ...sets.replaced].map(({ text }) => text);
  const rewrites = {
    synthetics: hiding ? synthetics : new Map(),
    neededFor: createNeeds(sets, model),
    isUnresolvable: createUnresolvable(model),
    objectTypesOf: model.objectTypesOf,
    standIns: readStandIns(model, sets),
    inputNames: namesIn(texts),
  };
  if (!hiding) return { document: supergraph, rewrites };
  const surgery = { model, sets, synthetics, hiding: hiding.directive };
  return { document: addSyntheticFields(hiding.supergraph, surgery), rewrites };
}

/**
 * Puts right in a supergraph what makes Apollo's planner 2.14 answer wrongly without an error: the order of keys of which
 * some cannot be resolved, and `@requires` inputs whose arguments collide with a client's or with each other's.
 * Reads join spec v0.2 to v0.5. Pure: the same text gives the same names.
 * @throws GraphQLError when the text cannot be parsed
 */
export function repairSupergraph(text: string): RepairedSupergraph {
  const document = parse(text, { noLocation: true });
  const ordered = orderKeys(document);
  const { document: repaired, rewrites } = giveSynthetics(ordered, readJoinModel(ordered));
  return { text: repaired === document ? text : print(repaired), requestRewrites: rewrites };
}
