/** Texts are kept for so many keys, and of each for so many places. */
const maxKeys = 500;
const maxPlaces = 100;

const kept = new Map<string, string[]>();

function textsOf(key: string): string[] {
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= maxKeys) kept.clear();
  const texts: string[] = [];
  kept.set(key, texts);
  return texts;
}

/**
 * How decisions name a field of an entity: `_entities.0.residence`. Mostly the very text that was made before: an agency notes
 * it, the gateway looks for it, and neither puts letters together.
 */
export function entityPathOf(place: number, key: string): string {
  if (place >= maxPlaces) return `_entities.${place}.${key}`;
  return (textsOf(key)[place] ??= `_entities.${place}.${key}`);
}
