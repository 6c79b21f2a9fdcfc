/** Texts that are remembered. */
const maxTexts = 1000;
const known = new Map<string, number>();

/**
 * An instant of the facts (RFC 3339) in milliseconds; `NaN` when the text is none. All agencies of one operation ask about the
 * same few, each for every decision.
 */
export function instantOf(text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= maxTexts) known.clear();
  const ms = Date.parse(text);
  known.set(text, ms);
  return ms;
}
