import type { ServerResponse } from 'node:http';

/** JSON lines: one JSON text in each, ended by a line feed. */
export const linesType = 'application/jsonl; charset=utf-8';

/** Sends lines as they come. */
export interface LineSender {
  /** Sends a line with whatever else is ready in this turn of the event loop; the last one ends the answer. */
  readonly send: (line: string) => void;
}

/**
 * An answer of `count` lines. Those that are ready together travel together, so an answer whose lines all are has a known
 * length; a line that takes long holds up none of the others.
 */
export function sendLines(response: ServerResponse, count: number): LineSender {
  let ready = '';
  let left = count;
  let isPlanned = false;
  const finish = (): void => {
    if (!response.headersSent)
      response.writeHead(200, { 'content-type': linesType, 'content-length': Buffer.byteLength(ready) });
    response.end(ready);
  };
  const flush = (): void => {
    isPlanned = false;
    if (ready === '' || response.destroyed || left === 0) return;
    if (!response.headersSent) response.writeHead(200, { 'content-type': linesType });
    response.write(ready);
    ready = '';
  };
  const send = (line: string): void => {
    ready += `${line}\n`;
    left -= 1;
    if (left === 0) return void (response.destroyed || finish());
    if (isPlanned) return;
    isPlanned = true;
    setImmediate(flush);
  };
  return { send };
}
