import { hash } from 'node:crypto';

/**
 * Identity of a record inside its citizen: an opaque version 8 UUID (RFC 9562), the same for the same citizen and path.
 * `path` tells the record from the citizen's others, for instance `('licence', number)`; it cannot be read back.
 */
export function recordIdOf(citizenId: string, ...path: readonly (string | number)[]): string {
  const hex = hash('sha256', `${citizenId}|${path.join('|')}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
