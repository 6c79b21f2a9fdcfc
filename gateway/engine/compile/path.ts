import type { Step } from '../execute/targets.ts';

/** A path of a plan, from the root: its keys, each with the `@` behind it. */
export function splitPath(path: readonly (string | number)[]): readonly Step[] {
  const steps: { key: string; isInherited: boolean; lists: number }[] = [];
  for (const part of path) {
    const last = steps.at(-1);
    if (part === '@' && last) last.lists += 1;
    else steps.push({ key: String(part), isInherited: String(part) in Object.prototype, lists: 0 });
  }
  return steps;
}
