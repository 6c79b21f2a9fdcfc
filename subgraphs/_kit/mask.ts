/**
 * How another person is named inside a citizen's data: the first letter of each word, the rest hidden, so that
 * neither the name nor its length can be read (`Nguyễn Văn An` → `N*** V*** A***`).
 */
export function maskName(fullName: string): string {
  const words = fullName.normalize('NFC').trim().split(/\s+/u);
  return words.map((word) => `${[...word][0] ?? ''}***`).join(' ');
}
