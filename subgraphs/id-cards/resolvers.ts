import {
  resolveCitizenReference,
  sourceOf,
  type Agency,
  type CitizenReference,
  type RequestContext,
} from '#kit';
import { tellHistory, type CardView } from './history.ts';
import type { Loaders } from './loaders.ts';
import {
  chipOf,
  daysToExpiry,
  ethnicityOf,
  expiryMilestoneOf,
  hasPortrait,
  identifiersOf,
  isNewCard,
  religionOf,
} from './printed.ts';
import { qrTextOf } from './qr.ts';

type Context = RequestContext<Loaders>;

const source = sourceOf('id-cards');

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
    idCardSensitiveData: ({ id }: CitizenReference, _: unknown, { loaders }: Context) =>
      loaders.sensitiveData.load(id),
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
    source,
  },
  IdCardSensitiveData: { ethnicity: ethnicityOf, religion: religionOf, source },
} satisfies Agency<Loaders>['resolvers'];
