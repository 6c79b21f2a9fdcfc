/** What the gateway hands over of a citizen. */
export interface CitizenReference {
  readonly id: string;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * `__resolveReference` of `Citizen` in an agency. An id that no citizen can have gives `null`, so that it never
 * reaches a `uuid` column. Reads nothing.
 */
export function resolveCitizenReference({ id }: CitizenReference): CitizenReference | null {
  return uuidPattern.test(id) ? { id } : null;
}
