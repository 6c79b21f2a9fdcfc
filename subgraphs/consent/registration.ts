import type { ClientFacts, PurposeFacts } from '#schema';
import { isScope } from '#schema';
import type { ClientRow, NoticeRow, PurposeRow } from './loaders/index.ts';

/** A client with one purpose and its current wording, as far as they are in force. */
export interface Registration {
  readonly client: ClientRow;
  /** `null`: not registered for this client, or suspended. */
  readonly purpose: PurposeRow | null;
  /** `null`: no wording has been published. */
  readonly notice: NoticeRow | null;
}

/** Everything the register holds about one client. */
export interface ClientFile {
  readonly client: ClientRow | undefined;
  readonly purposes: readonly PurposeRow[];
  readonly notices: readonly NoticeRow[];
}

/** `null`: no such client, or it is suspended. */
export function registrationOf(file: ClientFile, code: string | null, today: string): Registration | null {
  const { client, purposes, notices } = file;
  if (client?.status !== 'ACTIVE') return null;
  const purpose = purposes.find((each) => each.code === code && each.status === 'ACTIVE') ?? null;
  const published = notices.filter((each) => each.purpose === code && each.publishedOn <= today);
  const newest = published.reduce<NoticeRow | null>(
    (found, each) => (found && found.version > each.version ? found : each),
    null,
  );
  return { client, purpose, notice: newest };
}

const purposeFactsOf = ({ code, scopes, legalBasis, legalReference }: PurposeRow): PurposeFacts => ({
  code,
  scopes: scopes.filter(isScope),
  legalBasis: legalBasis === 'STATUTE' ? 'STATUTE' : 'CONSENT',
  legalReference,
});

/** What refusals that need no subject are judged by. */
export function clientFactsOf(registration: Registration | null): ClientFacts | null {
  if (!registration) return null;
  const { client, purpose } = registration;
  const { clientId, isFirstParty } = client;
  return { clientId, isFirstParty, purpose: purpose && purposeFactsOf(purpose) };
}
