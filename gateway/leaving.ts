import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Aborted when the connection closes before the answer is written whole; any number may listen. */
export function signalLeaving(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const leave = (): void => void (response.writableFinished || controller.abort());
  if (response.destroyed) leave();
  else response.once('close', leave);
  return controller.signal;
}
