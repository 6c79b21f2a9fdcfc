import type { RefusalCode } from './reasons.ts';
import { reasons, type Reason } from './reasons.ts';
import type { MarkScope } from './scopes.ts';

/** On what a reader's right rests. `AUDIT`: pseudonymous registers, never a person. */
export const bases = ['SELF', 'CONSENT', 'GUARDIAN', 'STATUTE', 'EMERGENCY', 'AUDIT'] as const;
export type Basis = (typeof bases)[number];

/** What a mark asks of a reader. */
export interface Need {
  readonly scope: MarkScope;
  /** Level of the account that must stand behind it. */
  readonly minLevel: 1 | 2;
}

export interface Allowance {
  readonly isAllowed: true;
  readonly basis: Basis;
  /** The grant or emergency access that it rests on. */
  readonly grantId: string | null;
  /** A one-time grant must be claimed for the operation before anything is read. */
  readonly isOneTime: boolean;
}

export interface Refusal {
  readonly isAllowed: false;
  readonly reason: Reason;
}

/** May this reader see this scope of this subject now? */
export type Decision = Allowance | Refusal;

export const refuse = (reason: Reason): Refusal => ({ isAllowed: false, reason });

/**
 * One decision of an agency about one scope of one subject, as it travels in `extensions.decisions`: no value, no
 * personal number. `subject` is the opaque id; `null` when nobody was found or named.
 */
export interface DecisionRecord {
  readonly subject: string | null;
  readonly scope: MarkScope;
  readonly isAllowed: boolean;
  readonly basis: Basis | null;
  readonly grantId: string | null;
  readonly reason: Reason | null;
  /** Response paths of this fetch that rest on the decision, elements joined by dots: `_entities.0.residence`. */
  readonly paths: readonly string[];
}

/** `extensions` of the error of a refused field. */
export interface RefusalExtensions {
  readonly code: RefusalCode;
  readonly reason: Reason;
  readonly scope: MarkScope | null;
  readonly howTo: { readonly en: string; readonly vi: string };
}

/** The public error of a refusal: the sentence of its reason, and what to do next. */
export function describeRefusal(
  reason: Reason,
  scope: MarkScope | null,
): { readonly message: string; readonly extensions: RefusalExtensions } {
  const { code, what, howTo } = reasons[reason];
  return { message: what.en, extensions: { code, reason, scope, howTo } };
}
