import type { DocumentNode } from 'graphql';
import { listFields, readMarkedSdl, type MarkedSdl, type PlacedField } from './marked-sdl.ts';
import { markOf, type Mark } from './marks.ts';

interface Definition extends PlacedField {
  readonly agency: string;
  readonly mark: Mark | null;
}

function groupByCoordinate(sdls: readonly MarkedSdl[]): ReadonlyMap<string, readonly Definition[]> {
  const groups = new Map<string, Definition[]>();
  for (const sdl of sdls)
    for (const placed of listFields(sdl)) {
      const definition = { ...placed, agency: sdl.name, mark: markOf(placed.field) };
      groups.set(placed.coordinate, [...(groups.get(placed.coordinate) ?? []), definition]);
    }
  return groups;
}

const textOf = (mark: Mark | null | undefined): string => JSON.stringify(mark ?? null);

/** What two agencies define, both serve: only what is open to all, with the same mark, and the key of the entity. */
export function checkOwners(sdls: readonly MarkedSdl[]): string[] {
  return [...groupByCoordinate(sdls)].flatMap(([coordinate, definitions]) => {
    const agencies = definitions.map(({ agency }) => agency).join(', ');
    if (new Set(definitions.map(({ agency }) => agency)).size < 2 || definitions[0]?.isKey) return [];
    if (definitions.some(({ mark }) => mark?.kind !== 'open'))
      return [`${coordinate} (${agencies}): a guarded value has one agency; leave it to one.`];
    const isSame = new Set(definitions.map(({ mark }) => textOf(mark))).size === 1;
    return isSame ? [] : [`${coordinate} (${agencies}): carries different marks; give all the same.`];
  });
}

const marksOf = (sdl: MarkedSdl): Map<string, Mark> =>
  new Map(
    listFields(sdl).flatMap(({ coordinate, field }) => {
      const mark = markOf(field);
      return mark ? [[coordinate, mark] as const] : [];
    }),
  );

/** The marks of the agencies are those of the supergraph, no less and no more: composition loses them silently. */
export function checkComposed(sdls: readonly MarkedSdl[], supergraph: DocumentNode): string[] {
  const written = new Map(sdls.flatMap((sdl) => [...marksOf(sdl)]));
  const composed = marksOf(readMarkedSdl({ name: 'supergraph', document: supergraph }));
  const lost = [...written].filter(([coordinate, mark]) => textOf(composed.get(coordinate)) !== textOf(mark));
  const added = [...composed.keys()].filter((coordinate) => !written.has(coordinate));
  return [
    ...lost.map(([coordinate]) =>
      composed.has(coordinate)
        ? `${coordinate} (supergraph): carries another mark than in its agency; run npm run compose.`
        : `${coordinate} (supergraph): its mark was lost in composition; run npm run compose.`,
    ),
    ...added.map((coordinate) => `${coordinate} (supergraph): no agency marks it so; run npm run compose.`),
  ];
}
