import type { Attestation } from './attestation.ts';
import type { Scope } from './scopes.ts';

/** What is asked of the register about one subject, for one reader. Instants are RFC 3339 texts, days `YYYY-MM-DD`. */
export interface FactKey {
  /** Opaque id of the citizen. */
  readonly subject: string;
  readonly clientId: string;
  /** Purpose code of the access token; `null` for first-party clients without one. */
  readonly purpose: string | null;
  /** `sub` of the access token. */
  readonly callerId: string;
}

export interface PurposeFacts {
  readonly code: string;
  readonly scopes: readonly Scope[];
  readonly legalBasis: 'CONSENT' | 'STATUTE';
  /** The statute registered for a purpose that rests on one. */
  readonly legalReference: string | null;
}

/** A registered client that is in force. */
export interface ClientFacts {
  readonly clientId: string;
  readonly isFirstParty: boolean;
  /** The purpose asked for, registered for this client and in force; else `null`. */
  readonly purpose: PurposeFacts | null;
}

export interface AccountFacts {
  readonly level: 1 | 2;
  readonly state: 'NOT_ACTIVATED' | 'ACTIVE' | 'LOCKED' | 'CANCELLED';
}

/** What the register knows of a person, fed by `population`. */
export interface PersonFacts {
  readonly citizenId: string;
  /** The first day the recorded date of birth may mean. */
  readonly bornOn: string;
  readonly lifeStatus: 'ALIVE' | 'DECEASED' | 'DECLARED_DEAD' | 'MISSING';
  /** `null`: the person has no account. */
  readonly account: AccountFacts | null;
}

/** A registered representation of the subject, ended ones too, fed by `dependants`. */
export interface LinkFacts {
  readonly representative: PersonFacts;
  readonly relation: string;
  readonly basis: string;
  readonly validFrom: string;
  /** First day without the link. */
  readonly validTo: string | null;
}

/** A grant of the subject to the asking client and purpose, whatever its status. */
export interface GrantFacts {
  readonly grantId: string;
  readonly scopes: readonly Scope[];
  readonly validFrom: string;
  /** First instant without it; `null`: until withdrawn. */
  readonly validTo: string | null;
  readonly isOneTime: boolean;
  /** The operation that used a one-time grant. */
  readonly usedByOperation: string | null;
  readonly status: 'ACTIVE' | 'WITHDRAWN';
  readonly givenBy: string;
  readonly givenAs: 'SELF' | 'GUARDIAN';
  readonly childConsentedAt: string | null;
  /** For grants to a representative instead of an app: who may read. */
  readonly readerId: string | null;
}

/** Emergency access begun by the caller for the subject and not ended. */
export interface EmergencyFacts {
  readonly accessId: string;
  readonly scopes: readonly Scope[];
  readonly beganAt: string;
  readonly endsAt: string;
}

/** Everything `decide` may know. */
export interface Facts {
  /** `null`: no such client, or it is suspended. */
  readonly client: ClientFacts | null;
  /** `null`: nobody has this id. */
  readonly subject: PersonFacts | null;
  readonly links: readonly LinkFacts[];
  /** Of the asking client and purpose; without a purpose, those of `guardian-care` that name the caller as reader. */
  readonly grants: readonly GrantFacts[];
  readonly emergencies: readonly EmergencyFacts[];
  /** Whether the register heard from its feeds recently enough to vouch for life, account and representation. */
  readonly isFresh: { readonly population: boolean; readonly dependants: boolean };
}

/** What the register answers to one key. */
export interface AnsweredFacts extends Facts {
  /**
   * The same for those whom the subject represents today, at most {@link maxDependants}: a reader who may see the subject
   * often goes on to them, and then has nothing left to ask.
   */
  readonly dependants: readonly DependantFacts[];
  /** Milliseconds since the read of the register's tables began, by its own monotonic clock. */
  readonly ageMs: number;
}

/** Facts of another process's register may be handed on to whom they are attested for. */
export interface Attested {
  /** Of the one asked about, then of their dependants. */
  readonly attested?: readonly Attestation[];
}

/** What a read of the register's tables found of one person, as it is attested: whose facts for whom, and when it began. */
export interface AttestedRead {
  readonly key: FactKey;
  /** `id` of the register's clock. */
  readonly clockId: string;
  /** Of that clock. */
  readonly atMs: number;
  readonly facts: Facts;
}

export interface DependantFacts {
  /** Opaque id of the citizen who is represented. */
  readonly subject: string;
  readonly facts: Facts;
}

/** Dependants whose facts are answered with those of one subject; facts of more are asked for by themselves. */
export const maxDependants = 10;

/** Purpose under which a child of 14 or more lets a representative read compartments; registered for first-party clients. */
export const guardianCarePurpose = 'guardian-care';

/** The most subjects one read of the register, and one operation, may name. */
export const maxSubjects = 100;

/**
 * The register as agencies and the gateway see it, in their process or over HTTP. Every method rejects when the
 * register does not answer in time or what it says cannot be trusted; nothing is ever guessed.
 */
export interface FactsSource {
  /** Facts of at most 100 keys, in their order, with those of their dependants, in one statement. */
  read(keys: readonly FactKey[]): Promise<readonly (AnsweredFacts & Attested)[]>;
  /** Claims a one-time grant for an operation: whether it is, or was already, this operation's. */
  claim(grant: { readonly subject: string; readonly grantId: string }, operationId: string): Promise<boolean>;
  /** A client with one purpose, for refusals that need no subject. */
  readClient(clientId: string, purpose: string | null): Promise<ClientFacts | null>;
}
