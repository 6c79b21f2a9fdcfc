import { randomOf, type Day, type Identifier, type Person, type PopulationPlan } from '#db/population';
import { provenanceOf, recordedIdentityOf, recordIdOf } from '#kit';
import { addressColumnsOf, authorityOf, type Residing } from './registrations.ts';
import { stayDeadlineOf } from '../stay-deadline.ts';
import type { stayNotifications } from '../tables.ts';

const minuteMs = 60_000;

function documentOf({ identifiers }: Person, day: Day) {
  const isShown = ({ validFrom, validTo }: Identifier): boolean =>
    validFrom <= day && (validTo === null || validTo > day);
  const shown = identifiers.find(isShown) ?? identifiers.find(({ validTo }) => validTo === null);
  const type = shown?.type === 'CANCELLED_PERSONAL_ID' ? 'PERSONAL_ID' : shown?.type;
  return { guestDocumentType: type ?? 'PERSONAL_ID', guestDocumentNumber: shown?.value ?? '' };
}

/** Arrival and notification: most within the hour, a few after 23:00 and then the next morning, some of those late. */
function timesOf(citizenId: string, order: number, { from }: Residing, plan: PopulationPlan) {
  const random = randomOf(plan.seed, citizenId, 'stay', order);
  const isLate = from < plan.asOf && random.chance(0.05);
  const hour = isLate ? 23 : random.int(8, 20);
  const arrivedAt = new Date(
    Date.parse(`${from}T00:00:00+07:00`) + (hour * 60 + random.int(0, 59)) * minuteMs,
  );
  const notifiedAt = isLate
    ? new Date(stayDeadlineOf(arrivedAt).getTime() + random.int(-60, 20) * minuteMs)
    : new Date(arrivedAt.getTime() + random.int(5, 60) * minuteMs);
  return { arrivedAt, notifiedAt };
}

const isVisit = (reason: string): boolean => reason === 'Thăm thân';

/** Notified stays of a person in the order they happened. */
export function stayRowsOf(person: Person, plan: PopulationPlan): (typeof stayNotifications.$inferInsert)[] {
  const { citizenId, events } = person;
  const stays = events.filter((event) => event.kind === 'RESIDED').filter(({ type }) => type === 'STAY');
  if (stays.length === 0) return [];
  const { fullName: guestName } = recordedIdentityOf(person, 'residence');
  return stays.map((stay, order) => ({
    citizenId,
    id: recordIdOf(citizenId, 'stay', order),
    guestName,
    ...documentOf(person, stay.from),
    reason: stay.reason ?? 'Khác',
    stayFrom: stay.from,
    stayTo: stay.to,
    ...addressColumnsOf(stay.address),
    hostName: (stay.hostName ?? 'Chưa rõ').normalize('NFC'),
    ...timesOf(citizenId, order, stay, plan),
    coversRepeatedStays: isVisit(stay.reason ?? ''),
    receivingAuthority: authorityOf(stay.address),
    ...provenanceOf(person, 'residence', plan),
  }));
}
