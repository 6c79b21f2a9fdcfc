import { Kind, type ConstDirectiveNode } from 'graphql';
import { listSchemaDirectives, readFederationNames, textOf } from './federation-names.ts';
import { isAllOpen } from './mark-coverage.ts';
import { listFields, type MarkedSdl, type PlacedField, type SdlRule } from './marked-sdl.ts';
import { markNames, markOf } from './marks.ts';
import { isRoot } from './sdl-types.ts';

/** A directive of the federation that carries a value into another subgraph, past the guard of its own. */
interface Carrier {
  readonly does: string;
  /** Harmless on the key and on what is open to all. */
  readonly sparesOpen: boolean;
}

const carriers: Readonly<Record<string, Carrier>> = {
  shareable: { does: 'lets another subgraph serve a guarded value', sparesOpen: true },
  override: { does: 'lets two subgraphs serve a guarded value in turn', sparesOpen: true },
  inaccessible: { does: 'hides a guarded value from clients, not from subgraphs', sparesOpen: true },
  external: { does: 'takes a value from another subgraph past its guard', sparesOpen: false },
  provides: { does: 'serves values of another subgraph past their guards', sparesOpen: false },
  requires: { does: 'hands values of another subgraph over past their guards', sparesOpen: false },
  interfaceObject: { does: 'adds fields to types whose marks it does not know', sparesOpen: false },
  context: { does: 'hands values down to fields of other subgraphs past their guards', sparesOpen: false },
  fromContext: { does: 'takes values of other subgraphs past their guards', sparesOpen: false },
};

/** Directives that carry no value anywhere. Any other is refused until somebody has thought about it. */
const harmless: ReadonlySet<string> = new Set<string>([
  ...markNames,
  'key',
  'extends',
  'deprecated',
  'tag',
  'cost',
  'listSize',
]);

/** What is wrong with a directive at a place; `null` when nothing is. */
function judge(name: string, isOpen: boolean): string | null {
  if (harmless.has(name)) return null;
  const carrier = Object.hasOwn(carriers, name) ? carriers[name] : undefined;
  if (!carrier) return 'is not known to keep a value behind its guard';
  return carrier.sparesOpen && isOpen ? null : carrier.does;
}

/** Something that can carry a directive. */
interface Place {
  readonly coordinate: string;
  readonly directives: readonly ConstDirectiveNode[];
  readonly isOpen: boolean;
}

function listPlacesOf({ field, coordinate, isKey }: PlacedField): Place[] {
  const given = (field.arguments ?? []).map(({ name, directives = [] }) => ({
    coordinate: `${coordinate}(${name.value}:)`,
    directives,
    isOpen: false,
  }));
  const isOpen = isKey || markOf(field)?.kind === 'open';
  return [{ coordinate, directives: field.directives ?? [], isOpen }, ...given];
}

function listPlaces(sdl: MarkedSdl): Place[] {
  const types = [...sdl.types.values()].map((type) => ({
    coordinate: type.name,
    directives: type.directives,
    isOpen: isAllOpen(type),
  }));
  return [...types, ...listFields(sdl).flatMap(listPlacesOf)];
}

/** No directive may make a guarded value reachable in a subgraph that does not guard it. */
export const carrierRule: SdlRule = (sdl) => {
  const nameOf = readFederationNames(sdl.document);
  return listPlaces(sdl).flatMap(({ coordinate, directives, isOpen }) =>
    directives.flatMap((directive) => {
      const name = nameOf(directive);
      const wrong = judge(name, isOpen);
      return wrong === null ? [] : [`${coordinate} (${sdl.name}): @${name} ${wrong}; remove it.`];
    }),
  );
};

/** Composition drops, without a word, marks that the SDL does not ask it to keep. */
export const composedRule: SdlRule = ({ name, document }) => {
  const nameOf = readFederationNames(document);
  const kept = listSchemaDirectives(document)
    .filter((directive) => nameOf(directive) === 'composeDirective')
    .map((directive) => textOf(directive, 'name'));
  return markNames
    .filter((mark) => !kept.includes(`@${mark}`))
    .map(
      (mark) =>
        `schema (${name}): composition would drop @${mark}; write @composeDirective(name: "@${mark}").`,
    );
};

/** Roots keep their names, by which guards find them, and nothing is pushed: no guard runs on an event. */
export const rootRule: SdlRule = ({ name, document, types }) => {
  const renamed = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.operationTypes ?? [])
      : [],
  );
  const wrong = renamed.filter(({ type }) => !isRoot(type.name.value));
  const isPushed = types.has('Subscription') || renamed.some(({ operation }) => operation === 'subscription');
  return [
    ...wrong.map(
      ({ type }) => `${type.name.value} (${name}): a root type is called Query or Mutation; rename it.`,
    ),
    ...(isPushed ? [`Subscription (${name}): no guard runs on what is pushed; offer a query.`] : []),
  ];
};
