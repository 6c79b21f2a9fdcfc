import type { Rule, Source } from './tree.ts';

function findCycle(
  start: Source,
  sources: ReadonlyMap<string, Source>,
  done: Set<string>,
): readonly string[] | undefined {
  const trail: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    const seenAt = trail.indexOf(file);
    if (seenAt >= 0) return [...trail.slice(seenAt), file];
    if (done.has(file)) return undefined;
    trail.push(file);
    for (const { target } of sources.get(file)?.imports ?? []) {
      const cycle = target === undefined ? undefined : visit(target);
      if (cycle) return cycle;
    }
    trail.pop();
    done.add(file);
    return undefined;
  };
  return visit(start.path);
}

/** No file imports itself, however long the way; imports of types count. */
export const cycleRule: Rule = ({ sources }) => {
  const done = new Set<string>();
  const cycles = [...sources.values()].map((source) => findCycle(source, sources, done));
  const texts = cycles.flatMap((cycle) =>
    cycle ? [`${cycle[0] ?? ''}: imports itself: ${cycle.join(' → ')}.`] : [],
  );
  return [...new Set(texts)];
};
