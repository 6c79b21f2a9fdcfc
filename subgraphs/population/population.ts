import type { Person, PersonRef, PopulationPlan, Unit } from '#db/population';
import { provenanceOf, type AgencyPopulation } from '#kit';
import { citizens, notices, personIdentifiers, personalNumbers } from './tables.ts';

const nameOf = (person: PersonRef | null): string | null => person?.fullName ?? null;

function currentNumberOf(person: Person): string {
  const current = person.identifiers.find((each) => each.type === 'PERSONAL_ID' && each.validTo === null);
  if (!current) throw new Error('A person of the population has no current personal number.');
  return current.value;
}

const birthColumns = (unit: Unit | null) => ({
  birthScheme: unit?.scheme ?? null,
  birthWardCode: unit?.ward.code ?? null,
  birthWardName: unit?.ward.name ?? null,
  birthDistrictName: unit?.districtName ?? null,
  birthProvinceCode: unit?.province.code ?? null,
  birthProvinceName: unit?.province.name ?? null,
});
const homeColumns = (unit: Unit | null) => ({
  homeScheme: unit?.scheme ?? null,
  homeWardCode: unit?.ward.code ?? null,
  homeWardName: unit?.ward.name ?? null,
  homeDistrictName: unit?.districtName ?? null,
  homeProvinceCode: unit?.province.code ?? null,
  homeProvinceName: unit?.province.name ?? null,
});
const accountColumns = ({ account }: Person) => ({
  accountLevel: account?.level ?? null,
  accountState: account?.state ?? null,
  accountLockCause: account?.lockCause ?? null,
  accountRegisteredOn: account?.registeredOn ?? null,
  accountPhone: account?.phone ?? null,
});

function nameColumns({ name, otherNames }: Person) {
  return {
    surname: name.surname.normalize('NFC'),
    middleName: name.middle?.normalize('NFC') ?? null,
    givenName: name.given.normalize('NFC'),
    otherNames: [...otherNames],
  };
}

function coreRowOf(person: Person, plan: PopulationPlan): typeof citizens.$inferInsert {
  return {
    citizenId: person.citizenId,
    personalId: currentNumberOf(person),
    ...nameColumns(person),
    dateOfBirth: person.dateOfBirth,
    dateOfDeath: person.diedOn,
    sex: person.sex,
    nationalityCode: person.nationality.code,
    nationalityName: person.nationality.name,
    ethnicityCode: person.ethnicity.code,
    ethnicityName: person.ethnicity.name,
    religionCode: person.religion?.code ?? null,
    religionName: person.religion?.name ?? null,
    bloodType: person.bloodType,
    ...birthColumns(person.placeOfBirthRegistration),
    ...homeColumns(person.hometown),
    maritalStatus: person.maritalStatus,
    lifeStatus: person.lifeStatus,
    fatherName: nameOf(person.father),
    motherName: nameOf(person.mother),
    spouseName: nameOf(person.spouse),
    ...accountColumns(person),
    ...provenanceOf(person, 'population', plan),
  };
}

const isLookedUp = (value: string): boolean => /^(\d{12}|\d{9})$/.test(value);

export const population: AgencyPopulation = {
  tables: [citizens, personIdentifiers, personalNumbers, notices],
  addRows: (household, plan, add) => {
    for (const { person } of household.members) {
      const provenance = provenanceOf(person, 'population', plan);
      const { citizenId } = person;
      add(citizens, coreRowOf(person, plan));
      for (const { type, value, validFrom, validTo } of person.identifiers) {
        add(personIdentifiers, { citizenId, type, value, validFrom, validTo, ...provenance });
        if (isLookedUp(value)) add(personalNumbers, { value, citizenId });
      }
    }
  },
};
