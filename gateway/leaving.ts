import type { ServerResponse } from 'node:http';
import type { LeaveListener, LeaveSignal } from './agency-call/index.ts';

/** Says when the connection closes before the answer is written whole; any number may listen. */
export function signalLeaving(response: ServerResponse): LeaveSignal {
  const listeners = new Set<LeaveListener>();
  const signal = {
    aborted: response.destroyed && !response.writableFinished,
    addEventListener: (_: 'abort', listener: LeaveListener) => void listeners.add(listener),
    removeEventListener: (_: 'abort', listener: LeaveListener) => void listeners.delete(listener),
  };
  const leave = (): void => {
    if (response.writableFinished) return;
    signal.aborted = true;
    for (const listener of listeners) listener.handleEvent();
  };
  if (!response.destroyed) response.once('close', leave);
  return signal;
}
