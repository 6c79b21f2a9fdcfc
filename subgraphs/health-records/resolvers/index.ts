import { resolveCitizenReference } from '#kit';
import { belowVisitResolvers } from './below-visit.ts';
import { codeResolvers } from './code.ts';
import { findProfile, profileResolvers } from './profile.ts';
import { pageVisits, visitResolvers } from './visit.ts';

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    healthRecords: pageVisits,
    healthProfile: findProfile,
  },
  ...visitResolvers,
  ...belowVisitResolvers,
  ...profileResolvers,
  ...codeResolvers,
};
