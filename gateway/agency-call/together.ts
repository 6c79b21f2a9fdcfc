import { maxBatchEntries } from '#schema';
import { sendAlone, type Target } from './alone.ts';
import type { Call } from './call.ts';
import { sendMany, type Batch } from './many.ts';
import { createQueryCheck, entryOf } from './written.ts';

/** Sends a call to the agency, by itself or with others. */
export type Send = (call: Call) => void;

/** Each call in a request of its own. A query that found no connection is sent once more; a mutation never. */
export function sendSingly(target: Target): Send {
  const isQuery = createQueryCheck();
  return (call) => sendAlone(target, call, { mayRepeat: isQuery(call.request) });
}

/** The longest body, half of what an agency reads, so that the last entry never makes it too long. */
const maxBodyLength = 2 ** 20;
/**
 * While a request is under way calls wait for it to end, and go together; but nobody longer: long enough that busy agencies
 * answer before, and calls do not leave one by one.
 */
const longestWaitMs = 20;

type Pack = Batch & { readonly rest: Call[] };

/** Takes calls off the front of those that wait, as many as may travel in one request. */
function createPacker(): (waiting: readonly Call[]) => Pack {
  let lastId = 0;
  return (waiting) => {
    const calls = new Map<number, Call>();
    const entries: string[] = [];
    let [length, taken] = [0, 0];
    for (const call of waiting) {
      if (calls.size === maxBatchEntries || length >= maxBodyLength) break;
      taken += 1;
      if (call.isOver) continue;
      lastId += 1;
      const entry = entryOf(lastId, call.request);
      calls.set(lastId, call);
      length += entries.push(entry) && entry.length;
    }
    const [first] = calls.values();
    const callerToken = first?.request.callerToken ?? '';
    return { calls, body: `[${entries.join()}]`, callerToken, rest: waiting.slice(taken) };
  };
}

/** When those that wait go: `depart` is told, and says of each request when it begins and ends. */
function createTimetable(maxRequests: number, depart: () => void) {
  let underWay = 0;
  let isPlanned = false;
  let timer: NodeJS.Timeout | undefined;
  const go = (): void => {
    clearTimeout(timer);
    timer = undefined;
    depart();
  };
  const goOverdue = (): void => {
    timer = undefined;
    if (underWay < maxRequests) go();
  };
  const look = (): void => {
    isPlanned = false;
    if (underWay === 0) go();
    else timer ??= setTimeout(goOverdue, longestWaitMs);
  };
  /** Looks when everything that is ready in this turn of the event loop has been done. */
  const plan = (): void => {
    if (!isPlanned) setImmediate(look);
    isPlanned = true;
  };
  return { plan, begin: () => void (underWay += 1), end: () => void (underWay -= 1) };
}

/**
 * Calls that wait at the same moment go in one request: queries of different callers, each with its own token, under its own
 * id. Whoever is the only one goes alone, and so do mutations and everything to an agency that knows no batches. When a
 * whole request found no connection, or lost it, each of its calls without an answer is sent once more, alone: what one of
 * them does to the agency, it does to itself only.
 */
export function sendTogether(target: Target, maxRequests: number): Send {
  const isQuery = createQueryCheck();
  const pack = createPacker();
  let isKnown = true;
  let waiting: Call[] = [];
  const onEnd = (): void => {
    timetable.end();
    if (waiting.length > 0) timetable.plan();
  };
  const end = {
    onEnd,
    onAlone: (call: Call): void => sendAlone(target, call, { mayRepeat: false }),
    onUnknown: (): void => void (isKnown = false),
  };
  const send = (batch: Batch): void => {
    const [first] = batch.calls.values();
    if (!first) return;
    timetable.begin();
    if (batch.calls.size === 1) sendAlone(target, first, { mayRepeat: true, onEnd });
    else sendMany(target, batch, end);
  };
  const depart = (): void => {
    while (waiting.length > 0) {
      const { rest, ...batch } = pack(waiting);
      waiting = rest;
      send(batch);
    }
  };
  const timetable = createTimetable(maxRequests, depart);
  return (call) => {
    const { request } = call;
    const mayJoin = isKnown && request.callerToken !== undefined && isQuery(request);
    if (!mayJoin) return sendAlone(target, call, { mayRepeat: isQuery(request) });
    waiting.push(call);
    timetable.plan();
  };
}
