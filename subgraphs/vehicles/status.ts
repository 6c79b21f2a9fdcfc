import { addYears } from '#kit';

interface Term {
  /** Last day; `null` without term. */
  readonly expiresOn: string | null;
}

/** The last day counts. */
export const isExpired = ({ expiresOn }: Term, today: string): boolean =>
  expiresOn !== null && expiresOn < today;

/** Last day of the class that ends first, as a licence prints it; `null` when none has a term. */
export function earliestExpiryOf(classes: readonly Term[]): string | null {
  const days = classes.flatMap(({ expiresOn }) => (expiresOn === null ? [] : [expiresOn]));
  return days.sort()[0] ?? null;
}

/** A restraint stands above the terms; without one a licence is valid while any class is. */
export function licenceStatusOf(restraint: string | null, classes: readonly Term[], today: string): string {
  return restraint ?? (classes.every((each) => isExpired(each, today)) ? 'EXPIRED' : 'VALID');
}

interface Registration {
  readonly status: string;
  readonly disposedOn: string | null;
}

/** Sale and scrapping take the certificate back (Circular 79/2024/TT-BCA). */
export function isDisposed({ disposedOn }: Registration, today: string): boolean {
  return disposedOn !== null && disposedOn <= today;
}

export const vehicleStatusOf = (registration: Registration, today: string): string =>
  isDisposed(registration, today) ? 'REVOKED' : registration.status;

interface HeldPlate {
  readonly assignedOn: string;
  readonly keptFrom: string | null;
}

/** An owner has five years to put a kept plate on another vehicle (Circular 79/2024/TT-BCA, Article 3). */
const reservedYears = 5;

export const isKept = ({ keptFrom }: HeldPlate, today: string): boolean =>
  keptFrom !== null && keptFrom <= today;

/** Last day of the reservation; `null` while the plate is on a vehicle. */
export const reservedUntil = (plate: HeldPlate, today: string): string | null =>
  plate.keptFrom !== null && isKept(plate, today) ? addYears(plate.keptFrom, reservedYears) : null;

/** Whether the plate is the citizen's today. */
export function isOwned(plate: HeldPlate, today: string): boolean {
  const lastDay = reservedUntil(plate, today);
  return plate.assignedOn <= today && (lastDay === null || today <= lastDay);
}
