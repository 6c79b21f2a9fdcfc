import { badArgument, resolveCitizenReference, sourceOf } from '#kit';
import type { Agency, CitizenReference, RequestContext } from '#kit';
import type { CitizenRow, Loaders } from './loaders.ts';
import { accountOf, familyOf, fullNameOf, placeOf, warningsOf } from './shape.ts';

type Context = RequestContext<Loaders>;

const maxSubjects = 100;

async function citizenOf(personalId: string, { loaders }: Context): Promise<CitizenReference | null> {
  const id = await loaders.citizenIdOfNumber.load(personalId);
  return id === null ? null : { id };
}

function citizensOf(personalIds: readonly string[], context: Context) {
  if (personalIds.length > maxSubjects) throw badArgument('personalIds', `at most ${maxSubjects} numbers`);
  return Promise.all(personalIds.map((personalId) => citizenOf(personalId, context)));
}

/** A field of the core record; `null` when the citizen is not known here. */
const field =
  <Value>(read: (row: CitizenRow) => Value) =>
  async ({ id }: CitizenReference, _: unknown, { loaders }: Context): Promise<Value | null> => {
    const row = await loaders.citizen.load(id);
    return row === null ? null : read(row);
  };

const coded = (code: string | null, name: string | null) => (code === null ? null : { code, name });
const source = sourceOf('population');

export const resolvers = {
  Query: {
    citizen: (_: unknown, { personalId }: { personalId: string }, context: Context) =>
      citizenOf(personalId, context),
    citizens: (_: unknown, { personalIds }: { personalIds: string[] }, context: Context) =>
      citizensOf(personalIds, context),
  },
  Citizen: {
    __resolveReference: resolveCitizenReference,
    personalId: field((row) => row.personalId),
    identifiers: ({ id }: CitizenReference, _: unknown, { loaders }: Context) => loaders.identifiers.load(id),
    personalIdWarnings: field(warningsOf),
    fullName: field(fullNameOf),
    surname: field((row) => row.surname),
    middleName: field((row) => row.middleName),
    givenName: field((row) => row.givenName),
    otherNames: field((row) => row.otherNames),
    dateOfBirth: field((row) => row.dateOfBirth),
    dateOfDeath: field((row) => row.dateOfDeath),
    sex: field((row) => row.sex),
    nationality: field((row) => coded(row.nationalityCode, row.nationalityName)),
    ethnicity: field((row) => coded(row.ethnicityCode, row.ethnicityName)),
    religion: field((row) => coded(row.religionCode, row.religionName)),
    bloodType: field((row) => row.bloodType),
    placeOfBirthRegistration: field((row) => placeOf(row, 'birth')),
    hometown: field((row) => placeOf(row, 'home')),
    maritalStatus: field((row) => row.maritalStatus),
    lifeStatus: field((row) => row.lifeStatus),
    family: field(familyOf),
    account: field(accountOf),
    source: field(source),
  },
  PersonIdentifier: { source },
  Account: { source },
} satisfies Agency<Loaders>['resolvers'];
