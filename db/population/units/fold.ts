const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Compares names of units whatever their normal form, letter case and place of the tone mark (Hòa, Hoà). */
export function foldUnitName(name: string): string {
  return name
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .map((syllable) => {
      const apart = syllable.normalize('NFD');
      return apart.replace(TONES, '').normalize('NFC') + (apart.match(TONES) ?? []).join('');
    })
    .join(' ');
}
