import { readFileSync } from 'node:fs';
import { parse, type DocumentNode } from 'graphql';
import type { AgencyName } from './agencies.ts';
import { describeMarks } from './mark-words.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The SDL of one agency as it is written: the shared directives and scalars, then the agency's own types. */
export function plainTypeDefsOf(agency: AgencyName): DocumentNode {
  return parse(`${read('./directives.graphql')}\n${read(`../subgraphs/${agency}/schema.graphql`)}`);
}

/** The SDL of one agency as it is served: each description of a marked field also says what the field needs. */
export function typeDefsOf(agency: AgencyName): DocumentNode {
  return describeMarks(plainTypeDefsOf(agency));
}

/** The committed supergraph, as the gateway loads it. */
export function readSupergraph(): string {
  return read('./supergraph.graphql');
}
