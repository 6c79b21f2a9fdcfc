import { LRUCache } from 'lru-cache';

/** An operation as clients ask for it. */
export interface HotOperation {
  readonly source: string;
  readonly operationName: string | undefined;
}

/** How often known operations were asked for. */
export interface HotOperations {
  readonly note: (operation: HotOperation) => void;
  /** The most asked first, at most `count`. What was asked before counts half from now on. */
  readonly take: (count: number) => readonly HotOperation[];
}

/** Remembered at once, by the length of their texts. */
const maxSize = 2_000_000;

interface Counted extends HotOperation {
  asked: number;
}

export function createHotOperations(): HotOperations {
  const counts = new LRUCache<string, Counted>({
    maxSize,
    sizeCalculation: ({ source }) => 100 + source.length,
  });
  return {
    note: ({ source, operationName }) => {
      const key = operationName === undefined ? source : `${operationName}\n${source}`;
      const counted = counts.get(key);
      if (counted) counted.asked += 1;
      else counts.set(key, { source, operationName, asked: 1 });
    },
    take: (count) => {
      const hottest = [...counts.values()].sort((a, b) => b.asked - a.asked).slice(0, count);
      for (const counted of counts.values()) counted.asked /= 2;
      return hottest.map(({ source, operationName }) => ({ source, operationName }));
    },
  };
}
