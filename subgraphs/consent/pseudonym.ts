import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { badArgument, recordIdOf } from '#kit';

/** How auditors see people: countable, and not to be joined with anything. */
export interface Pseudonyms {
  /** The same for the same person, auditor and day; without the key nobody can tell whose it is. */
  readonly of: (personId: string, auditorId: string, day: string) => string;
  /** A cursor whose content only this process can read. */
  readonly seal: (cursor: string) => string;
  /** @throws GraphQLError BAD_USER_INPUT for a cursor that another process or nobody sealed */
  readonly unseal: (sealed: string) => string;
}

const ivBytes = 12;
const tagBytes = 16;

function open(key: Uint8Array, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
    'utf8',
  );
}

/** @param key 32 secret bytes, made when the process starts and kept nowhere else. */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  const of: Pseudonyms['of'] = (personId, auditorId, day) => {
    const text = JSON.stringify([day, auditorId, personId]);
    return createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);
  };
  const seal: Pseudonyms['seal'] = (cursor) => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(cursor, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  };
  const unseal: Pseudonyms['unseal'] = (sealed) => {
    try {
      return open(key, Buffer.from(sealed, 'base64url'));
    } catch {
      throw badArgument('after', 'the endCursor of an earlier page of the same day, unchanged');
    }
  };
  return { of, seal, unseal };
}

/** Under what id the register keeps what was asked about a number that nobody has: the same for the same number. */
export const standInOf = (personalId: string): string => recordIdOf('nobody', 'number', personalId);
