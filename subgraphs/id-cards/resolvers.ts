import {
  resolveCitizenReference,
  sourceOf,
  type Agency,
  type CitizenReference,
  type RequestContext,
} from '#kit';
import { tellHistory, type CardView } from './history.ts';
import type { Loaders } from './loaders.ts';
import { chipOf, daysToExpiry, expiryMilestoneOf, hasPortrait, identifiersOf, isNewCard } from './printed.ts';
import { qrTextOf } from './qr.ts';

type Context = RequestContext<Loaders>;

async function readChip(card: CardView, { loaders }: Context) {
  if (!card.hasChip) return null;
  const [chip] = await loaders.chips.load({ citizenId: card.citizenId, recordId: card.id });
  return chip ? chipOf(chip, card) : null;
}

export const resolvers = {
  Citizen: {
    __resolveReference: resolveCitizenReference,
    idCards: async ({ id }: CitizenReference, _: unknown, { loaders, today }: Context) =>
      tellHistory(await loaders.cards.load(id), today),
  },
  IdCard: {
    documentTypeName: ({ typeName }: CardView) => typeName,
    fullNameAtBirth: ({ fullName }: CardView) => fullName.toUpperCase(),
    permanentResidence: (card: CardView) => (isNewCard(card) ? null : card.residence),
    placeOfResidence: (card: CardView) => (isNewCard(card) ? card.residence : null),
    hasPortrait,
    expiryMilestone: expiryMilestoneOf,
    daysToExpiry: (card: CardView, _: unknown, { today }: Context) => daysToExpiry(card, today),
    identifiers: identifiersOf,
    qrText: qrTextOf,
    chip: (card: CardView, _: unknown, context: Context) => readChip(card, context),
    source: sourceOf('id-cards'),
  },
} satisfies Agency<Loaders>['resolvers'];
