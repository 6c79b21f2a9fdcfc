import type { DocumentNode, FieldDefinitionNode } from 'graphql';
import { coverTypes, type Coverage } from './mark-coverage.ts';
import { markOf, needOf } from './marks.ts';
import { isKeyOrMachinery, readTypes, type SdlType, type SdlTypes } from './sdl-types.ts';

/** The SDL of one agency, by the agency's name. */
export interface AgencySdl {
  readonly name: string;
  readonly document: DocumentNode;
}

/** An agency's SDL with what the rules ask of it again and again. */
export interface MarkedSdl extends AgencySdl {
  readonly types: SdlTypes;
  readonly coverage: Coverage;
}

/** One rule over one agency: sentences that name the coordinate and the remedy. */
export type SdlRule = (sdl: MarkedSdl) => readonly string[];

/** A field with its type and its coordinate. */
export interface PlacedField {
  readonly type: SdlType;
  readonly field: FieldDefinitionNode;
  /** `Citizen.residence`. */
  readonly coordinate: string;
  /** The key of the entity, or what a federation adds to the root: it carries no mark. */
  readonly isKey: boolean;
}

export function readMarkedSdl({ name, document }: AgencySdl): MarkedSdl {
  const types = readTypes(document);
  return { name, document, types, coverage: coverTypes(types) };
}

/** Every field of every object type and interface. */
export function listFields({ types }: MarkedSdl): PlacedField[] {
  return [...types.values()].flatMap((type) =>
    type.fields.map((field) => ({
      type,
      field,
      coordinate: `${type.name}.${field.name.value}`,
      isKey: isKeyOrMachinery(type.name, field.name.value),
    })),
  );
}

/** Whether a field carries a mark that asks something of a reader. */
export function isGuarded(field: FieldDefinitionNode): boolean {
  const mark = markOf(field);
  return mark !== null && needOf(mark) !== null;
}
