import type { Registration } from './tables.ts';

export type RegistrationStatus = 'ACTIVE' | 'EXPIRED' | 'REMOVED';

/** Whether a registration stands on that day: removed from `registeredTo` on, expired after `validUntil`. */
export function statusOn(registration: Registration, today: string): RegistrationStatus {
  const { registeredTo, validUntil } = registration;
  if (registeredTo !== null && registeredTo <= today) return 'REMOVED';
  return validUntil !== null && validUntil < today ? 'EXPIRED' : 'ACTIVE';
}

/** The newest registration of a type that stands on that day; `registrations` come newest first. */
export function findCurrent(
  registrations: readonly Registration[],
  type: string,
  today: string,
): Registration | null {
  return registrations.find((row) => row.type === type && statusOn(row, today) === 'ACTIVE') ?? null;
}

/** Where somebody lives now: as recorded, else the temporary, else the permanent residence (Law 68/2020/QH14 Art. 2). */
export function findAbode(registrations: readonly Registration[], today: string): Registration | null {
  const find = (type: string): Registration | null => findCurrent(registrations, type, today);
  return find('CURRENT_ABODE') ?? find('TEMPORARY') ?? find('PERMANENT');
}
