import DataLoader from 'dataloader';
import { asc, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import { isListed } from '../../subgraphs/dependants/representation.ts';
import { dependants } from '../../subgraphs/dependants/tables.ts';
import { tellHistory } from '../../subgraphs/id-cards/history.ts';
import { documentTypes, idCards } from '../../subgraphs/id-cards/tables.ts';
import { fullNameOf } from '../../subgraphs/population/shape.ts';
import { citizens, personalNumbers } from '../../subgraphs/population/tables.ts';
import { householdOf } from '../../subgraphs/residence/household.ts';
import { findCurrent } from '../../subgraphs/residence/registration.ts';
import {
  residenceFiles,
  residenceRegistrations as registrations,
  type Registration,
  type ResidenceFile,
} from '../../subgraphs/residence/tables.ts';
import { defineNaive, type Reference } from './agency.ts';
import { rowsOf, tableRowsOf } from './reads.ts';

type CitizenRow = typeof citizens.$inferSelect;

export const population = defineNaive({
  createLoaders: (orm) => ({
    citizen: tableRowsOf(orm, citizens),
    number: new DataLoader<string, string | null>(async (numbers) => {
      const rows = await orm
        .select()
        .from(personalNumbers)
        .where(inArray(personalNumbers.value, [...numbers]));
      return numbers.map((number) => rows.find(({ value }) => value === number)?.citizenId ?? null);
    }),
  }),
  createResolvers: (field) => {
    const core = <Value>(read: (row: CitizenRow) => Value) =>
      field(async ({ id }: Reference, { loaders }) => {
        const [row] = await loaders.citizen.load(id);
        return row ? read(row) : null;
      });
    return {
      Query: {
        citizen: field(async (_: unknown, { loaders }, { personalId }: { personalId: string }) => {
          const id = await loaders.number.load(personalId);
          return id === null ? null : { id };
        }),
      },
      Citizen: {
        fullName: core(fullNameOf),
        dateOfBirth: core((row) => row.dateOfBirth),
        sex: core((row) => row.sex),
      },
    };
  },
});

export const residence = defineNaive({
  createLoaders: (orm) => ({
    file: tableRowsOf(orm, residenceFiles),
    registrations: tableRowsOf(
      orm,
      registrations,
      desc(registrations.registeredFrom),
      desc(registrations.id),
    ),
  }),
  createResolvers: (field) => ({
    Citizen: {
      residence: field(async ({ id }: Reference, { loaders }) => (await loaders.file.load(id))[0] ?? null),
    },
    Residence: {
      permanent: field(async ({ citizenId }: ResidenceFile, { loaders, today }) =>
        findCurrent(await loaders.registrations.load(citizenId), 'PERMANENT', today),
      ),
      household: (file: ResidenceFile) => householdOf(file),
    },
    ResidenceRegistration: { address: (row: Registration) => row },
    ResidenceAddress: {
      ward: ({ wardCode: code, wardName: name }: Registration) => ({ code, name }),
      province: ({ provinceCode: code, provinceName: name }: Registration) => ({ code, name }),
    },
  }),
});

const { name: typeName, isPhysical, hasChip, qrLayout, isRenewedByAge, endedFrom } = documentTypes;
const law = { typeName, isPhysical, hasChip, qrLayout, isRenewedByAge, endedFrom };

export const identity = defineNaive({
  createLoaders: (orm) => ({
    cards: rowsOf((ids) =>
      orm
        .select({ ...getTableColumns(idCards), ...law })
        .from(idCards)
        .innerJoin(documentTypes, eq(documentTypes.code, idCards.documentType))
        .where(inArray(idCards.citizenId, [...ids]))
        .orderBy(desc(idCards.issuedOn), desc(idCards.id)),
    ),
  }),
  createResolvers: (field) => ({
    Citizen: {
      idCards: field(async ({ id }: Reference, { loaders, today }) =>
        tellHistory(await loaders.cards.load(id), today),
      ),
    },
  }),
});

export const family = defineNaive({
  createLoaders: (orm) => ({
    dependants: tableRowsOf(orm, dependants, asc(dependants.bornOn), asc(dependants.recordId)),
  }),
  createResolvers: (field) => ({
    Citizen: {
      dependants: field(async ({ id }: Reference, { loaders, today }) =>
        (await loaders.dependants.load(id)).filter((row) => isListed(row, today)),
      ),
    },
    Dependant: { citizen: ({ dependantId: id }: { dependantId: string }) => ({ __typename: 'Citizen', id }) },
  }),
});
