import { isScope, scopes as allScopes } from '#schema';
import type { NoticeRow, PurposeRow } from '../loaders/index.ts';
import { registrationOf, type Registration } from '../registration.ts';
import type { Context } from './context.ts';

/** What a request or grant names of the register's reference data. */
interface OfPurpose {
  readonly clientId: string;
  readonly purpose: string;
}

/** A kind of data as people read it. */
export const describeScopes = (scopes: readonly string[]) =>
  scopes.filter(isScope).map((code) => {
    const { en, vi, isSensitive } = allScopes[code];
    return { code, title: { en, vi }, isSensitive };
  });

/** A client with one purpose, as they are in force today. */
export async function findRegistration(
  clientId: string,
  purpose: string | null,
  { loaders, today }: Context,
): Promise<Registration | null> {
  const [[client], purposes, notices] = await Promise.all([
    loaders.clients.load(clientId),
    loaders.purposes.load(clientId),
    loaders.notices.load(clientId),
  ]);
  return registrationOf({ client, purposes, notices }, purpose, today);
}

export async function findClient({ clientId }: OfPurpose, _: unknown, { loaders }: Context) {
  const [client] = await loaders.clients.load(clientId);
  return client ?? null;
}

export async function findPurpose({ clientId, purpose }: OfPurpose, _: unknown, { loaders }: Context) {
  const purposes = await loaders.purposes.load(clientId);
  return purposes.find(({ code }) => code === purpose) ?? null;
}

/** The wording of one version. */
export async function findNotice(
  { clientId, purpose, noticeVersion }: OfPurpose & { readonly noticeVersion: number },
  _: unknown,
  { loaders }: Context,
) {
  const notices = await loaders.notices.load(clientId);
  return notices.find((notice) => notice.purpose === purpose && notice.version === noticeVersion) ?? null;
}

export const referenceResolvers = {
  ConsentPurpose: { title: ({ titleEn, titleVi }: PurposeRow) => ({ en: titleEn, vi: titleVi }) },
  ConsentNotice: { text: ({ textEn, textVi }: NoticeRow) => ({ en: textEn, vi: textVi }) },
};
