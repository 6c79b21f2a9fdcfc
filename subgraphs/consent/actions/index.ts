import type { Database } from '#db';
import type { RequestClock } from '#kit';
import { askForConsent, type Asking } from './ask.ts';
import { beginEmergency, endEmergency, type AccessEnding, type Emergency } from './emergency.ts';
import { refuseConsent, withdrawConsent, type Ending } from './end.ts';
import { giveConsent, type Giving } from './give.ts';

export { unknownAccess } from './emergency.ts';
export { unknownGrant } from './end.ts';
export { unknownRequest, type Given } from './give.ts';

/** Everything that changes the register, each one transaction: it is done as a whole or not at all. */
export function createActions(database: Database) {
  return {
    askForConsent: (asking: Asking, now: Date) => askForConsent(database, asking, now),
    giveConsent: (giving: Giving, clock: RequestClock) => giveConsent(database, giving, clock),
    refuseConsent: (ending: Ending, clock: RequestClock) => refuseConsent(database, ending, clock),
    withdrawConsent: (ending: Ending, clock: RequestClock) => withdrawConsent(database, ending, clock),
    beginEmergency: (emergency: Emergency, clock: RequestClock) => beginEmergency(database, emergency, clock),
    endEmergency: (ending: AccessEnding, now: Date) => endEmergency(database, ending, now),
  };
}

export type Actions = ReturnType<typeof createActions>;
