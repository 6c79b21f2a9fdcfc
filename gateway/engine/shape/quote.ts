/** Longer texts are quicker left to the engine. */
const maxScanned = 40;

/** A text as JSON, exactly as `JSON.stringify` writes it. Short ones without anything to escape cost least. */
export function quote(text: string): string {
  if (text.length > maxScanned) return JSON.stringify(text);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}
