import { createHmac, timingSafeEqual } from 'node:crypto';

/** A shared secret of at least 32 bytes. */
export type MacKey = Uint8Array;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** HMAC-SHA256 as base64url. */
export const macOf = (text: string, key: MacKey): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** Compared as text: base64url has several texts for one value, and only one is ours. */
export function isSameMac(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The first part of every token of this `typ`; any other header is refused, so no token chooses its algorithm. */
const headers = new Map<string, string>();
function headerOf(typ: string): string {
  const header = headers.get(typ) ?? encode({ alg: 'HS256', typ });
  headers.set(typ, header);
  return header;
}

/** A compact JWS (RFC 7515) with HS256 (RFC 7518): readable by any library, made in microseconds. */
export function signJws(payload: object, typ: string, key: MacKey): string {
  const signed = `${headerOf(typ)}.${encode(payload)}`;
  return `${signed}.${macOf(signed, key)}`;
}

/** The payload of a compact JWS of exactly this `typ` and key; `null` for everything else, however it is broken. */
export function verifyJws(token: string, typ: string, key: MacKey): Readonly<Record<string, unknown>> | null {
  const [header, payload, mac, rest] = token.split('.');
  if (header !== headerOf(typ) || !payload || !mac || rest !== undefined) return null;
  if (!isSameMac(mac, macOf(token.slice(0, -mac.length - 1), key))) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const isClaims = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isClaims ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A key from its text in the environment: base64url of at least 32 bytes. @throws Error that names the variable */
export function parseMacKey(text: string | undefined, variable: string): MacKey {
  const key = Buffer.from(text ?? '', 'base64url');
  if (key.length >= 32) return key;
  throw new Error(
    `The environment variable ${variable} is missing or is not base64url of at least 32 bytes.`,
  );
}
