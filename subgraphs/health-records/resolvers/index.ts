import { resolveCitizenReference, type CitizenReference } from '#kit';
import { belowVisitResolvers } from './below-visit.ts';
import { codeResolvers } from './code.ts';
import type { Context } from './context.ts';
import { profileResolvers } from './profile.ts';
import { pageVisits, visitResolvers } from './visit.ts';

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    healthRecords: pageVisits,
    healthProfile: ({ id }: CitizenReference, _: unknown, { loaders }: Context) => loaders.file.load(id),
  },
  ...visitResolvers,
  ...belowVisitResolvers,
  ...profileResolvers,
  ...codeResolvers,
};
