import {
  isRepresented,
  maskName,
  representationEndOf,
  resolveCitizenReference,
  sourceOf,
  type Agency,
  type RequestContext,
} from '#kit';
import type { CitizenReference } from '#kit';
import type { DependantRow, Loaders, RepresentativeRow } from './loaders.ts';
import { isListed, listingEndOf } from './representation.ts';
import { scopeOf } from './scope.ts';

type Context = RequestContext<Loaders>;
type Row = DependantRow | RepresentativeRow;

async function dependantsOf({ id }: CitizenReference, _: unknown, { loaders, today }: Context) {
  return (await loaders.dependants.load(id)).filter((row) => isListed(row, today));
}

async function representativesOf({ id }: CitizenReference, _: unknown, { loaders, today }: Context) {
  return (await loaders.representatives.load(id)).filter((row) => isRepresented(row, today));
}

const link = {
  scope: (row: Row, _: unknown, { today }: Context) => scopeOf(row, today),
  verifiedWithNpd: (row: Row) => row.verifiedAt !== null,
  source: sourceOf('dependants'),
};

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    dependants: dependantsOf,
    representatives: representativesOf,
  },
  Dependant: {
    ...link,
    citizen: (row: DependantRow) => ({ __typename: 'Citizen', id: row.dependantId }),
    listingEndsOn: listingEndOf,
  },
  Representative: {
    ...link,
    guardian: (row: RepresentativeRow) => ({ maskedName: maskName(row.guardianName) }),
    representationEndsOn: representationEndOf,
  },
} satisfies Agency<Loaders>['resolvers'];
