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

const ownInformation = { scope: 'PERSONAL_INFORMATION', minLevel: 1 } as const;

/** What tells of the dependant's birth is theirs: it needs a basis of its own. */
const ofDependant =
  <Value>(read: (row: DependantRow) => Value) =>
  async (row: DependantRow, _: unknown, { access }: Context): Promise<Value | null> => {
    const decision = await access.decide(row.dependantId, ownInformation);
    return decision.isAllowed ? read(row) : null;
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
    validFrom: ofDependant((row) => row.validFrom),
    listingEndsOn: ofDependant(listingEndOf),
    verifiedAt: ofDependant((row) => row.verifiedAt),
  },
  Representative: {
    ...link,
    guardian: (row: RepresentativeRow) => ({ maskedName: maskName(row.guardianName) }),
    representationEndsOn: representationEndOf,
  },
} satisfies Agency<Loaders>['resolvers'];
