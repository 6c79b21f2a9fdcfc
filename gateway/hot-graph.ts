import type { Logger } from 'pino';
import type { Graph } from './graph.ts';
import { createHotOperations, type HotOperation } from './hot-operations.ts';

export interface HotGraphOptions {
  readonly supergraph: string;
  /** Starts a graph after all checks. @throws for a broken or unprotected supergraph, in a sentence */
  readonly start: (supergraph: string) => Promise<Graph>;
  readonly log: Logger;
  /** How many of the most asked operations are made ready before a new graph is used; default 100. */
  readonly warmCount?: number;
}

/** A graph whose supergraph can be replaced while it is used. */
export interface HotGraph {
  /** For the door: every request is answered by the graph that is in use when it comes. */
  readonly graph: Graph;
  /** Puts a new supergraph to use, or says in the log why the old one stays. Never rejects; one at a time. */
  readonly replace: (supergraph: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Generation {
  readonly supergraph: string;
  readonly started: Graph;
  /** The graph, with what is under way in it counted. */
  readonly counted: Graph;
  /** Stops it after its last request. */
  readonly retire: () => Promise<void>;
}

/** Counts what is under way. `drained`: once nothing is any more. */
function createCounter() {
  let underWay = 0;
  let tell: (() => void) | undefined;
  const leave = (): void => {
    underWay -= 1;
    if (underWay === 0) tell?.();
  };
  return {
    count: async <T>(work: () => Promise<T>): Promise<T> => {
      underWay += 1;
      try {
        return await work();
      } finally {
        leave();
      }
    },
    drained: (): Promise<void> =>
      underWay === 0 ? Promise.resolve() : new Promise((resolve) => (tell = resolve)),
  };
}

type Counter = ReturnType<typeof createCounter>;
type Known = NonNullable<ReturnType<Graph['known']['find']>>;

/** Both ways to answer an operation go through here: that of Apollo Server, and that of known operations. */
function countRequests(graph: Graph, { count }: Counter, note: (operation: HotOperation) => void): Graph {
  const apollo = Object.create(graph.apollo, {
    executeHTTPGraphQLRequest: {
      value: (request: Parameters<Graph['apollo']['executeHTTPGraphQLRequest']>[0]) =>
        count(() => graph.apollo.executeHTTPGraphQLRequest(request)),
    },
  }) as Graph['apollo'];
  const countedKnown = new WeakMap<Known, Known>();
  const countKnown = (known: Known): Known => {
    const { prepared } = known;
    const counted: Known = {
      ...known,
      prepared: {
        ...prepared,
        answer: (request) => count(() => prepared.answer(request)),
        write: (request) => count(() => prepared.write(request)),
      },
    };
    countedKnown.set(known, counted);
    return counted;
  };
  const find: Graph['known']['find'] = (source, operationName) => {
    const known = graph.known.find(source, operationName);
    if (!known) return null;
    note({ source, operationName });
    return countedKnown.get(known) ?? countKnown(known);
  };
  return { ...graph, apollo, known: { ...graph.known, find } };
}

const turnOfOthers = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** One operation at a time, so that requests are answered in between. */
async function warmUp({ warm }: Graph, operations: readonly HotOperation[]): Promise<number> {
  let ready = 0;
  for (const operation of operations) {
    if (warm(operation)) ready += 1;
    await turnOfOthers();
  }
  return ready;
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Begin = (supergraph: string) => Promise<Generation>;

function createBegin({ start }: HotGraphOptions, note: (operation: HotOperation) => void): Begin {
  return async (supergraph) => {
    const started = await start(supergraph);
    const counter = createCounter();
    const counted = countRequests(started, counter, note);
    return { supergraph, started, counted, retire: () => counter.drained().then(() => started.stop()) };
  };
}

/** A graph that asks which one is in use every time. */
const viewOf = (current: () => Generation): Graph => ({
  get apollo() {
    return current().counted.apollo;
  },
  get known() {
    return current().counted.known;
  },
  end: (answer) => current().started.end(answer),
  warm: (operation) => current().started.warm(operation),
  clockMs: current().started.clockMs,
  stop: () => current().started.stop(),
});

/** Starts the first graph. @throws what `start` throws for it */
export async function startHotGraph(options: HotGraphOptions): Promise<HotGraph> {
  const { log, warmCount = 100 } = options;
  const hot = createHotOperations();
  const begin = createBegin(options, hot.note);
  let current = await begin(options.supergraph);
  const put = async (supergraph: string): Promise<void> => {
    if (supergraph === current.supergraph) return log.info('the supergraph is the one in use already');
    const next = await begin(supergraph);
    const operations = hot.take(warmCount);
    const ready = await warmUp(next.started, operations);
    const old = current;
    current = next;
    log.info({ ready, dropped: operations.length - ready }, 'a new supergraph is in use');
    old.retire().catch((error: unknown) => log.warn(`The old supergraph did not stop. ${sentenceOf(error)}`));
  };
  let last = Promise.resolve();
  const replace = (supergraph: string): Promise<void> => {
    const refuse = (error: unknown): void =>
      log.error(`The new supergraph is refused, the old one stays in use. ${sentenceOf(error)}`);
    last = last.then(() => put(supergraph)).catch(refuse);
    return last;
  };
  const stop = (): Promise<void> => last.then(() => current.started.stop());
  return { graph: viewOf(() => current), replace, stop };
}
