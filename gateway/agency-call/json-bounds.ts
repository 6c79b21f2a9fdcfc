/** How much structure a JSON text may have. */
export interface JsonBounds {
  /** Of arrays and objects within each other. */
  readonly maxDepth: number;
  /** Of arrays and objects together. */
  readonly maxContainers: number;
}

const [quote, escape] = [0x22, 0x5c];
const [openArray, openObject] = [0x5b, 0x7b];
const [closeArray, closeObject] = [0x5d, 0x7d];

/** The index of the quote that ends the text beginning at `start`. */
function endOfText(json: Uint8Array, start: number): number {
  let index = start + 1;
  while (index < json.length && json[index] !== quote) index += json[index] === escape ? 2 : 1;
  return index;
}

/** Whether no array and no object lies deeper than that; stops where one does. `value`: as JSON has them. */
export function isShallow(value: object, maxDepth: number): boolean {
  if (maxDepth === 0) return false;
  for (const key in value) {
    const below = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof below === 'object' && below !== null && !isShallow(below, maxDepth - 1)) return false;
  }
  return true;
}

/**
 * Whether a JSON text stays within bounds, told without parsing: one pass, no recursion, stopping at the first array or
 * object too many. Says nothing of whether the bytes are JSON.
 */
export function isWithinBounds({ maxDepth, maxContainers }: JsonBounds, json: Uint8Array): boolean {
  if (json.length <= maxDepth) return true;
  let depth = 0;
  let containers = 0;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === quote) index = endOfText(json, index);
    else if (byte === closeArray || byte === closeObject) depth -= 1;
    else if (byte === openArray || byte === openObject) {
      depth += 1;
      containers += 1;
      if (depth > maxDepth || containers > maxContainers) return false;
    }
  }
  return true;
}
