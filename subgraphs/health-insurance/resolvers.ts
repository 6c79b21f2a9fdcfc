import {
  extendRow,
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
import type { Loaders } from './loaders.ts';

type Context = RequestContext<Loaders>;

/** What both types tell that is not simply a column. */
const card = {
  initialFacility: ({ facilityCode, facilityName, facilityProvince, facilityCareLevel }: Card) => ({
    code: facilityCode,
    name: facilityName,
    provinceCode: facilityProvince,
    careLevel: facilityCareLevel,
  }),
  fiveYearContinuousFrom: ({ fiveYearFrom }: Card) => fiveYearFrom,
  status: (parent: Card, _: unknown, { today }: Context) => statusOn(parent, today),
  result: (parent: Card, _: unknown, { loaders, today }: Context) =>
    loaders.results.load(resultCodeOn(parent, today)),
  source: sourceOf('health-insurance'),
};

async function exemptFrom({ citizenId, fiveYearFrom }: Insurance, _: unknown, { loaders, today }: Context) {
  return coPayExemptFrom(await loaders.coPayments.load(citizenId), fiveYearFrom, today);
}

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    healthInsurance: async ({ id }: CitizenReference, _: unknown, { loaders, today }: Context) =>
      insuranceOn(await loaders.cards.load(id), today),
  },
  HealthInsurance: {
    ...card,
    insuranceNumber10: ({ insuranceNumber }: Insurance) => insuranceNumber,
    object: ({ objectCode, objectName, objectLevel }: Insurance) => ({
      code: objectCode,
      name: objectName,
      benefitLevel: objectLevel,
    }),
    hasFiveContinuousYears: (parent: Insurance, _: unknown, { today }: Context) =>
      hasFiveYearsOn(parent, today),
    coPayment: async ({ citizenId }: Insurance, _: unknown, { loaders, today }: Context) =>
      coPaymentOn(await loaders.coPayments.load(citizenId), today),
    coPayExemptFrom: exemptFrom,
    coPayExemptTo: async (parent: Insurance, args: unknown, context: Context) =>
      (await exemptFrom(parent, args, context)) && `${context.today.slice(0, 4)}-12-31`,
    previousCodes: previousNumbersOf,
    previousCards: ({ previous }: Insurance): Card[] =>
      previous.map((row) => extendRow(row, { isRenewed: true })),
    nextCard: ({ next }: Insurance): Card | null => next && extendRow(next, { isRenewed: false }),
  },
  HealthInsuranceCard: card,
} satisfies Agency<Loaders>['resolvers'];
