import {
  resolveCitizenReference,
  sourceOf,
  type Agency,
  type CitizenReference,
  type RequestContext,
} from '#kit';
import { insuranceOn, type Card, type Insurance } from './card.ts';
import { coPayExemptFrom, coPaymentOn } from './co-payment.ts';
import type { Loaders } from './loaders.ts';

type Context = RequestContext<Loaders>;

const source = sourceOf('health-insurance');

const resultOf = ({ resultCode }: Card, _: unknown, { loaders }: Context) => loaders.results.load(resultCode);

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
    coPayment: async ({ citizenId }: Insurance, _: unknown, { loaders, today }: Context) =>
      coPaymentOn(await loaders.coPayments.load(citizenId), today),
    coPayExemptFrom: exemptFrom,
    coPayExemptTo: async (parent: Insurance, args: unknown, context: Context) =>
      (await exemptFrom(parent, args, context)) && `${context.today.slice(0, 4)}-12-31`,
    result: resultOf,
    source,
  },
  HealthInsuranceCard: { result: resultOf, source },
} satisfies Agency<Loaders>['resolvers'];
