/** What decides how a grant stands. */
export interface GrantTerm {
  readonly status: string;
  readonly isOneTime: boolean;
  readonly usedByOperation: string | null;
  readonly validTo: Date | null;
}

export type GrantStatus = 'ACTIVE' | 'WITHDRAWN' | 'EXPIRED' | 'USED';

/** How a grant stands now; `isGiverEntitled`: whether who gave it still may speak for the citizen. */
export function grantStatusOf(grant: GrantTerm, isGiverEntitled: boolean, now: Date): GrantStatus {
  if (grant.status !== 'ACTIVE') return 'WITHDRAWN';
  if (grant.isOneTime && grant.usedByOperation !== null) return 'USED';
  const isOver = grant.validTo !== null && grant.validTo <= now;
  return isOver || !isGiverEntitled ? 'EXPIRED' : 'ACTIVE';
}

/** How a request stands now: one that was not answered in time has lapsed. */
export function requestStatusOf(
  request: { readonly status: string; readonly expiresAt: Date },
  now: Date,
): 'PENDING' | 'GIVEN' | 'REFUSED' | 'EXPIRED' {
  if (request.status === 'GIVEN' || request.status === 'REFUSED') return request.status;
  return request.status === 'PENDING' && now < request.expiresAt ? 'PENDING' : 'EXPIRED';
}
