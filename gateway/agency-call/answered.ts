import { parseBounded, readBody } from './answer.ts';
import { answerCall, failCall, type Call } from './call.ts';
import { createLineCutter, type LineCutter } from './lines.ts';

/** The calls of one exchange that wait for their answer. */
export interface Pending {
  readonly lines: LineCutter;
  readonly isEmpty: () => boolean;
  /** Nobody waits for that one any more. */
  readonly drop: (id: number) => void;
  /** Those that nobody has answered; they are no longer waiting here. */
  readonly takeRest: () => readonly Call[];
}

const idOf = (value: unknown): number | undefined => {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, 'id');
  const id = isObject ? (value as Readonly<Record<string, unknown>>)['id'] : undefined;
  return typeof id === 'number' ? id : undefined;
};

/** Whose a line is that cannot be read: `id` stands first in what our agencies write. */
const idAtBeginning = (line: Buffer): number | undefined => {
  const [, digits] = /^\{"id":(\d{1,15}),/.exec(line.toString('latin1', 0, 32)) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

/**
 * Gives each call the line with its id. A line of nobody, or a second one of somebody, is heard by nobody; one that is no
 * answer fails the call whose it is, and no other.
 */
export function awaitAnswers(calls: Map<number, Call>, maxBytes: number): Pending {
  const take = (id: number | undefined): Call | undefined => {
    const call = id === undefined ? undefined : calls.get(id);
    if (id !== undefined) calls.delete(id);
    return call;
  };
  const refuse = (beginning: Buffer): void => {
    const call = take(idAtBeginning(beginning));
    if (call) failCall(call, 'SUBGRAPH_BAD_RESPONSE');
  };
  const onLine = (line: Buffer): void => {
    const parsed = parseBounded(line);
    if (parsed === undefined) return refuse(line);
    const call = take(idOf(parsed));
    const answer = call && readBody(parsed, line, true);
    if (answer) answerCall(call, answer);
    else if (call) failCall(call, 'SUBGRAPH_BAD_RESPONSE');
  };
  const takeRest = (): readonly Call[] => {
    const rest = [...calls.values()];
    calls.clear();
    return rest;
  };
  const lines = createLineCutter({ maxBytes, onLine, onTooLong: refuse });
  return { lines, isEmpty: () => calls.size === 0, drop: (id) => void calls.delete(id), takeRest };
}
