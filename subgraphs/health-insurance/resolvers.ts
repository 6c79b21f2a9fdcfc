import {
  resolveCitizenReference,
  sourceOf,
  type Agency,
  type CitizenReference,
  type RequestContext,
} from '#kit';
import {
  hasFiveYearsOn,
  insuranceOn,
  previousNumbersOf,
  resultCodeOn,
  statusOn,
  type Card,
  type Insurance,
} from './card.ts';
import { coPayExemptFrom, coPaymentOn } from './co-payment.ts';
import type { CardRow, Loaders } from './loaders.ts';

type Context = RequestContext<Loaders>;

const source = sourceOf('health-insurance');

/** A field that is told by the card's row as it is. */
const column =
  <Value>(read: (row: CardRow) => Value) =>
  ({ row }: Card): Value =>
    read(row);

/** What both types say of a card. */
const card = {
  cardNumber: column((row) => row.cardNumber),
  cardCode15: column((row) => row.cardCode15),
  objectCode: column((row) => row.objectCode),
  benefitLevel: column((row) => row.benefitLevel),
  benefitRate: column((row) => row.benefitRate),
  provinceCode: column((row) => row.provinceCode),
  livingArea: column((row) => row.livingArea),
  initialFacility: column((row) => ({
    code: row.facilityCode,
    name: row.facilityName,
    provinceCode: row.facilityProvince,
    careLevel: row.facilityCareLevel,
  })),
  validFrom: column((row) => row.validFrom),
  validTo: column((row) => row.validTo),
  fiveYearContinuousFrom: column((row) => row.fiveYearFrom),
  status: ({ row }: Card, _: unknown, { today }: Context) => statusOn(row, today),
  result: (parent: Card, _: unknown, { loaders, today }: Context) =>
    loaders.results.load(resultCodeOn(parent, today)),
  source: column(source),
};

async function exemptFrom({ row }: Insurance, _: unknown, { loaders, today }: Context) {
  return coPayExemptFrom(await loaders.coPayments.load(row.citizenId), row.fiveYearFrom, today);
}

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    healthInsurance: async ({ id }: CitizenReference, _: unknown, { loaders, today }: Context) =>
      insuranceOn(await loaders.cards.load(id), today),
  },
  HealthInsurance: {
    ...card,
    insuranceNumber10: column((row) => row.insuranceNumber),
    personalId: column((row) => row.personalId),
    fullName: column((row) => row.fullName),
    dateOfBirth: column((row) => row.dateOfBirth),
    sex: column((row) => row.sex),
    object: column((row) => ({
      code: row.objectCode,
      name: row.objectName,
      benefitLevel: row.objectLevel,
    })),
    hasPaymentCaps: column((row) => row.hasPaymentCaps),
    coversOutsideScope: column((row) => row.coversOutsideScope),
    issuingOffice: column((row) => row.issuingOffice),
    hasFiveContinuousYears: (parent: Insurance, _: unknown, { today }: Context) =>
      hasFiveYearsOn(parent, today),
    coPayment: async ({ row }: Insurance, _: unknown, { loaders, today }: Context) =>
      coPaymentOn(await loaders.coPayments.load(row.citizenId), today),
    coPayExemptFrom: exemptFrom,
    coPayExemptTo: async (parent: Insurance, args: unknown, context: Context) =>
      (await exemptFrom(parent, args, context)) && `${context.today.slice(0, 4)}-12-31`,
    previousCodes: previousNumbersOf,
    previousCards: ({ previous }: Insurance): Card[] => previous.map((row) => ({ row, isRenewed: true })),
    nextCard: ({ next }: Insurance): Card | null => next && { row: next, isRenewed: false },
  },
  HealthInsuranceCard: card,
} satisfies Agency<Loaders>['resolvers'];
