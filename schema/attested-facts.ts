import { createHash } from 'node:crypto';
import type { Attestation, CarriedFacts } from './attestation.ts';
import { isAttestedRead } from './facts-shape.ts';
import type { AttestedRead } from './facts.ts';
import { isSameMac, macOf, type MacKey } from './jws.ts';

/** Begins like no token under the same key. */
const macTextOf = (text: string): string => `facts.${createHash('sha256').update(text).digest('base64url')}`;

/** Attests a read for the holders of keys, by name. */
export function attestRead(read: AttestedRead, keys: ReadonlyMap<string, MacKey>): Attestation {
  const text = JSON.stringify(read);
  const macText = macTextOf(text);
  const macs = Object.fromEntries([...keys].map(([name, key]) => [name, macOf(macText, key)]));
  return { subject: read.key.subject, text, macs };
}

/** The read in a text; `null` for whatever is none. Says nothing of who wrote it. */
export function parseAttested(text: string): AttestedRead | null {
  try {
    const read: unknown = JSON.parse(text);
    return isAttestedRead(read) ? read : null;
  } catch {
    return null;
  }
}

/** What the register attests for the holder of the key; `null` for whatever it does not. */
export function readCarried({ text, mac }: CarriedFacts, key: MacKey): AttestedRead | null {
  return isSameMac(mac, macOf(macTextOf(text), key)) ? parseAttested(text) : null;
}
