import { Kind, visit, type DocumentNode } from 'graphql';
import { agencyNames, lintMarks, typeDefsOf } from '#schema';

/** Names of the subgraphs of a parsed supergraph (join v0.3: `enum join__Graph`). */
export function subgraphNamesOf(supergraph: DocumentNode): readonly string[] {
  const names: string[] = [];
  visit(supergraph, {
    Directive: ({ name, arguments: values }) => {
      const value = values?.find((argument) => argument.name.value === 'name')?.value;
      if (name.value === 'join__graph' && value?.kind === Kind.STRING) names.push(value.value);
    },
  });
  return names;
}

const isOurs = (name: string): boolean => agencyNames.some((each) => each === name);

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

export interface Exposure {
  /** Whether the supergraph marks who may read what. */
  readonly hasMarks: boolean;
  readonly subgraphNames: readonly string[];
}

/** @throws Error when a graph that names our agencies would run without access control */
export function requireMarks({ hasMarks, subgraphNames }: Exposure): void {
  if (hasMarks || !subgraphNames.some(isOurs)) return;
  throw new Error(
    'The supergraph names an agency of citizen data but carries no marks (@consent, @level, @open), so nothing would be protected. Compose it again: npm run compose',
  );
}

/** @throws Error when a graph would be served where it must not be */
export function requireSafeExposure(exposure: Exposure & { readonly host: string }): void {
  requireMarks(exposure);
  if (exposure.hasMarks || isLoopback(exposure.host)) return;
  throw new Error(
    'A supergraph without marks is served to this machine only, because nobody has to sign in. Leave HOST unset, or set it to 127.0.0.1.',
  );
}

/** @throws Error when the marks of our own supergraph are not those of our agencies: some were lost in composition */
export function requireWholeMarks(supergraph: DocumentNode): void {
  const sdls = agencyNames.map((name) => ({ name, document: typeDefsOf(name) }));
  const faults = lintMarks(sdls, supergraph);
  if (faults.length > 0) throw new Error([...faults, 'Compose it again: npm run compose'].join('\n'));
}
