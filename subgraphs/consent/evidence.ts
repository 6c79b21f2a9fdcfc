import { createHash } from 'node:crypto';

/** Who consented, when, and to what: everything a dispute would ask (Decree 356/2025/NĐ-CP Art. 6). */
export interface Proof {
  readonly citizenId: string;
  readonly requestId: string;
  readonly clientId: string;
  readonly purpose: string;
  readonly scopes: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly isOneTime: boolean;
  readonly readerId: string | null;
  readonly method: string;
  readonly noticeVersion: number;
  readonly noticeLanguage: string;
  readonly givenBy: string;
  readonly givenAs: string;
  readonly givenAt: Date;
  readonly childConsentedAt: Date | null;
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/**
 * SHA-256, in hexadecimal, over the JSON array of the proof's values in the order above and the wording that was seen:
 * scopes in alphabetical order, instants as RFC 3339 in UTC with milliseconds. Anybody who holds the grant's row and the
 * wording can reckon it again.
 */
export function evidenceHashOf(proof: Proof, wording: string): string {
  const { citizenId, requestId, clientId, purpose, isOneTime, readerId, method } = proof;
  const what = [
    clientId,
    purpose,
    [...proof.scopes].sort(),
    instant(proof.validFrom),
    instant(proof.validTo),
  ];
  const how = [isOneTime, readerId, method, proof.noticeVersion, proof.noticeLanguage, wording];
  const who = [proof.givenBy, proof.givenAs, instant(proof.givenAt), instant(proof.childConsentedAt)];
  const canonical = JSON.stringify([citizenId, requestId, ...what, ...how, ...who]);
  return createHash('sha256').update(canonical).digest('hex');
}
