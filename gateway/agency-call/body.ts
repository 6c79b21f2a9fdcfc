/** A body as it arrives. */
export interface GrowingBody {
  /** Takes the next piece; `false` when that would make more than the limit. */
  add(chunk: Buffer): boolean;
  /** Everything so far. */
  bytes(): Buffer;
}

/**
 * Collects a body of at most `maxBytes` bytes in at most twice the memory: a body that comes in pieces is copied together,
 * for each piece kept as it came holds the whole read it was part of.
 */
export function createGrowingBody(maxBytes: number): GrowingBody {
  let held: Buffer = Buffer.alloc(0);
  let size = 0;
  const makeRoom = (needed: number): void => {
    const grown = Buffer.allocUnsafe(Math.min(maxBytes, needed * 2));
    held.copy(grown, 0, 0, size);
    held = grown;
  };
  return {
    add: (chunk) => {
      const needed = size + chunk.length;
      if (needed > maxBytes) return false;
      if (size === 0) held = chunk;
      else {
        if (needed > held.length) makeRoom(needed);
        chunk.copy(held, size);
      }
      size = needed;
      return true;
    },
    bytes: () => held.subarray(0, size),
  };
}
