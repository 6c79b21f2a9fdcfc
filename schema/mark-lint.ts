import type { DocumentNode } from 'graphql';
import { checkComposed, checkOwners } from './mark-agreement-rules.ts';
import { carrierRule, composedRule, rootRule } from './mark-carrier-rules.ts';
import { checkCovers, interfaceRule, uncoveredRule, unionRule } from './mark-cover-rules.ts';
import { placeRule } from './mark-place-rules.ts';
import { argumentRule, entityRule, listRule } from './mark-subject-rules.ts';
import { readMarkedSdl, type AgencySdl, type SdlRule } from './marked-sdl.ts';

/** THE list of what an agency's SDL must keep, so that no guarded value leaves by another way. */
const sdlRules: readonly SdlRule[] = [
  placeRule,
  argumentRule,
  listRule,
  entityRule,
  carrierRule,
  composedRule,
  rootRule,
  uncoveredRule,
  interfaceRule,
  unionRule,
];

/**
 * Everything that is wrong with the marks, in sentences that name the coordinate, the agency and the remedy; `[]` when
 * they hold. Between agencies it sees what it is given: one agency at its start, all of them in composition, which also
 * gives the supergraph to be compared.
 */
export function lintMarks(agencies: readonly AgencySdl[], supergraph?: DocumentNode): string[] {
  const sdls = agencies.map(readMarkedSdl);
  return [
    ...sdls.flatMap((sdl) => sdlRules.flatMap((rule) => rule(sdl))),
    ...checkCovers(sdls),
    ...checkOwners(sdls),
    ...(supergraph ? checkComposed(sdls, supergraph) : []),
  ];
}
