/** What JSON writes otherwise than as it is; of surrogates it depends on their neighbours. */
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Longer texts are quicker left to the regular expression. */
const maxScanned = 40;

function isOrdinary(text: string): boolean {
  if (text.length > maxScanned) return !special.test(text);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

/** What stands between the quotes when `JSON.stringify` writes a text: mostly the text itself, nothing made anew. */
export const withinQuotes = (text: string): string =>
  isOrdinary(text) ? text : JSON.stringify(text).slice(1, -1);
