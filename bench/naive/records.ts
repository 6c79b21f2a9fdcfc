import DataLoader from 'dataloader';
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { connectionOf, pageKeyOf, type PageArguments } from '#kit';
import { holdingOn } from '../../subgraphs/health-insurance/card.ts';
import { benefitLevels, cards, facilities, files, objects } from '../../subgraphs/health-insurance/tables.ts';
import { catalogueEntries, visits } from '../../subgraphs/health-records/tables/index.ts';
import { outcomeOf } from '../../subgraphs/health-records/resolvers/visit.ts';
import { monthsOf } from '../../subgraphs/social-insurance/period.ts';
import { files as members, periods } from '../../subgraphs/social-insurance/tables.ts';
import { employerOf } from '../../subgraphs/social-insurance/totals.ts';
import { ledgerOf, pointsOf } from '../../subgraphs/vehicles/ledger.ts';
import { isDisposed, licenceStatusOf, vehicleStatusOf } from '../../subgraphs/vehicles/status.ts';
import {
  drivingLicenceClasses as classes,
  drivingLicences as licences,
  pointEvents as points,
  vehicleRegistrations as vehicles,
} from '../../subgraphs/vehicles/tables.ts';
import { defineNaive, type Reference } from './agency.ts';
import { isInNone, readPage, rowsOf, tableRowsOf } from './reads.ts';

type Licence = typeof licences.$inferSelect;
type Vehicle = typeof vehicles.$inferSelect;
type Visit = typeof visits.$inferSelect;
type Period = typeof periods.$inferSelect;

const ofLicence =
  ({ recordId }: Licence) =>
  (row: { readonly recordId: string }): boolean =>
    row.recordId === recordId;

export const traffic = defineNaive({
  createLoaders: (orm) => ({
    licences: tableRowsOf(orm, licences, desc(licences.issuedOn), asc(licences.recordId)),
    classes: tableRowsOf(orm, classes, asc(classes.passedOn), asc(classes.code), asc(classes.scheme)),
    points: tableRowsOf(orm, points, asc(points.effectiveOn), asc(points.eventId)),
    vehicles: tableRowsOf(orm, vehicles, desc(vehicles.registeredOn), asc(vehicles.recordId)),
  }),
  createResolvers: (field) => ({
    Citizen: {
      drivingLicences: field(({ id }: Reference, { loaders }) => loaders.licences.load(id)),
      vehicles: field(async ({ id }: Reference, { loaders, today }) => {
        const rows = await loaders.vehicles.load(id);
        return [
          ...rows.filter((row) => !isDisposed(row, today)),
          ...rows.filter((row) => isDisposed(row, today)),
        ];
      }),
    },
    DrivingLicence: {
      classes: field(async (row: Licence, { loaders }) =>
        (await loaders.classes.load(row.citizenId)).filter(ofLicence(row)),
      ),
      status: field(async (row: Licence, { loaders, today }) => {
        const own = (await loaders.classes.load(row.citizenId)).filter(ofLicence(row));
        return licenceStatusOf(row.restraint, own, today);
      }),
      points: field(async (row: Licence, { loaders, today }) => {
        const own = (await loaders.points.load(row.citizenId)).filter(ofLicence(row));
        return pointsOf(ledgerOf(own, today));
      }),
    },
    Vehicle: { status: field((row: Vehicle, { today }) => vehicleStatusOf(row, today)) },
  }),
});

/** The card that the profile tells of. */
function inView(
  rows: readonly {
    readonly card: typeof cards.$inferSelect;
    readonly facility: typeof facilities.$inferSelect;
  }[],
  today: string,
) {
  const views = rows.map(({ card, facility }) => ({ ...card, initialFacility: facility }));
  return holdingOn(views, today)?.current ?? null;
}

export const healthInsurance = defineNaive({
  createLoaders: (orm) => ({
    cards: rowsOf((ids) =>
      orm
        .select({
          citizenId: cards.citizenId,
          card: cards,
          file: files,
          object: objects,
          level: benefitLevels,
          facility: facilities,
        })
        .from(cards)
        .innerJoin(files, eq(files.citizenId, cards.citizenId))
        .innerJoin(objects, eq(objects.code, cards.objectCode))
        .innerJoin(benefitLevels, eq(benefitLevels.level, cards.benefitLevel))
        .innerJoin(facilities, eq(facilities.code, cards.facilityCode))
        .where(inArray(cards.citizenId, [...ids]))
        .orderBy(desc(cards.validFrom), desc(cards.id)),
    ),
  }),
  createResolvers: (field) => ({
    Citizen: {
      healthInsurance: field(async ({ id }: Reference, { loaders, today }) =>
        inView(await loaders.cards.load(id), today),
      ),
    },
  }),
});

/** Schemes and payments that count for a pension. */
const pensionSchemes = ['SI_COMPULSORY', 'SI_VOLUNTARY'];
const counted = ['PAID', 'RESERVED'];
const countsForPension = ({ scheme, paymentStatus }: Period): boolean =>
  pensionSchemes.includes(scheme) && counted.includes(paymentStatus);

export const socialInsurance = defineNaive({
  createLoaders: (orm) => ({
    member: tableRowsOf(orm, members),
    periods: tableRowsOf(orm, periods, desc(periods.fromMonth), desc(periods.id)),
  }),
  createResolvers: (field) => ({
    Citizen: {
      socialInsurance: field(
        async ({ id }: Reference, { loaders }) => (await loaders.member.load(id))[0] ?? null,
      ),
    },
    SocialInsurance: {
      totalMonths: field(async ({ citizenId }: { citizenId: string }, { loaders, today }) =>
        (await loaders.periods.load(citizenId))
          .filter(countsForPension)
          .reduce((sum, period) => sum + monthsOf(period, today), 0),
      ),
      periods: field(async ({ citizenId }: { citizenId: string }, { loaders }, page: PageArguments) => {
        const key = pageKeyOf(citizenId, page);
        const rows = await loaders.periods.load(citizenId);
        return connectionOf(rows, key, ({ fromMonth, id }) => ({ sort: fromMonth, id }));
      }),
    },
    ParticipationPeriod: { employer: (period: Period) => employerOf(period) },
  }),
});

const visitPages = {
  table: visits,
  sort: visits.admittedOn,
  id: visits.visitId,
  where: isInNone(visits.compartments),
};

export const healthRecords = defineNaive({
  createLoaders: (orm) => {
    const namesIn = (catalogue: string) =>
      new DataLoader<string, string | null>(async (codes) => {
        const isOne = inArray(catalogueEntries.code, [...codes]);
        const rows = await orm
          .select()
          .from(catalogueEntries)
          .where(and(eq(catalogueEntries.catalogue, catalogue), isOne));
        return codes.map((code) => rows.find((row) => row.code === code)?.name ?? null);
      });
    return {
      page: (id: string, first: number) => readPage<Visit>(orm, visitPages, id, first),
      facilities: namesIn('FACILITY'),
      diagnoses: namesIn('ICD10'),
    };
  },
  createResolvers: (field) => ({
    Citizen: {
      healthRecords: field(async ({ id }: Reference, { loaders }, page: PageArguments) => {
        const rows = await loaders.page(id, page.first);
        const positionOf = ({ admittedOn, visitId }: Visit) => ({ sort: admittedOn, id: visitId });
        return connectionOf(rows, pageKeyOf(id, page), positionOf);
      }),
    },
    Visit: {
      facility: ({ facilityCode: code }: Visit) => ({ code }),
      mainDiagnosis: ({ mainDiagnosisCode: code }: Visit) => ({ code }),
      outcome: outcomeOf,
    },
    VisitFacility: {
      name: field(({ code }: { code: string }, { loaders }) => loaders.facilities.load(code)),
    },
    VisitDiagnosis: {
      text: field(({ code }: { code: string }, { loaders }) => loaders.diagnoses.load(code)),
    },
  }),
});
