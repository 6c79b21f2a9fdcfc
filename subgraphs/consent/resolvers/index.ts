import { resolveCitizenReference } from '#kit';
import { ask, stateOf } from './ask.ts';
import { registerGrants, registerReviews } from './audit.ts';
import { callerOf, type Context } from './context.ts';
import { begin, end } from './emergency.ts';
import { grantResolvers, listGrants, withdraw } from './grant.ts';
import { referenceResolvers } from './reference.ts';
import { give, listRequests, refuse, requestResolvers } from './request.ts';

export const resolvers = {
  Query: {
    me: (_: unknown, __: unknown, context: Context) => ({ __typename: 'Citizen', id: callerOf(context).sub }),
    myGrants: listGrants,
    myConsentRequests: listRequests,
    consentRequest: stateOf,
    registerGrants,
    registerReviews,
  },
  Mutation: {
    requestConsent: ask,
    giveConsent: give,
    refuseConsent: refuse,
    withdrawConsent: withdraw,
    beginEmergencyAccess: begin,
    endEmergencyAccess: end,
  },
  Citizen: { __resolveReference: resolveCitizenReference },
  ...grantResolvers,
  ...requestResolvers,
  ...referenceResolvers,
};
