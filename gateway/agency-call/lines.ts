import { createGrowingBody, type GrowingBody } from './body.ts';

/** Cuts what arrives into lines. */
export interface LineCutter {
  /** Takes the next piece; `false` when so much is thrown away that nobody means well. */
  readonly take: (chunk: Buffer) => boolean;
  /** Hands on what comes after the last line feed. */
  readonly end: () => void;
}

export interface LineOptions {
  readonly maxBytes: number;
  readonly onLine: (line: Buffer) => void;
  /** The beginning of a line that is longer; its rest is thrown away. */
  readonly onTooLong: (beginning: Buffer) => void;
}

const lineFeed = 0x0a;
/** Of a line that is too long, enough to see whose it is. */
const beginningBytes = 64;
/** How many lines' worth is thrown away before it is enough. */
const patience = 4;

/** A line that came in pieces, so far. */
interface Begun {
  readonly body: GrowingBody;
  isTooLong: boolean;
}

/** Holds no more than one line: each is handed on as soon as it is whole. */
export function createLineCutter({ maxBytes, onLine, onTooLong }: LineOptions): LineCutter {
  let begun: Begun | undefined;
  let thrownAway = 0;
  const add = (piece: Buffer): void => {
    begun ??= { body: createGrowingBody(maxBytes), isTooLong: false };
    if (!begun.isTooLong && begun.body.add(piece)) return;
    thrownAway += piece.length;
    if (begun.isTooLong) return;
    const beginning = Buffer.concat([begun.body.bytes().subarray(0, beginningBytes), piece]);
    begun = { body: createGrowingBody(0), isTooLong: true };
    onTooLong(beginning.subarray(0, beginningBytes));
  };
  const hand = (piece: Buffer): void => {
    if (begun || piece.length > maxBytes) add(piece);
    const whole = begun ? begun.body.bytes() : piece;
    if (!begun?.isTooLong && whole.length > 0) onLine(whole);
    begun = undefined;
  };
  return {
    take: (chunk) => {
      let start = 0;
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, start)) {
        hand(chunk.subarray(start, at));
        start = at + 1;
      }
      if (start < chunk.length) add(chunk.subarray(start));
      return thrownAway <= patience * maxBytes;
    },
    end: () => void (begun && hand(Buffer.alloc(0))),
  };
}
