const driverFrame = /node_modules[\\/]postgres[\\/](src|cjs)[\\/]/;

function isDriverFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const thrower = frames.find((line) => !line.includes('node:'));
  return thrower !== undefined && driverFrame.test(thrower);
}

/**
 * Keeps the process alive when postgres.js throws where nobody can catch it, which it does when the server dies
 * at the wrong moment (porsager/postgres 1066). Only errors thrown by the driver itself are survived; any other
 * uncaught error is printed and ends the process with status 1, as without this. The callers of the affected
 * statement are answered by its time limit. For process entry points; answers how to take it back.
 */
export function surviveDriverFaults(onFault: (error: Error) => void): () => void {
  const judge = (error: unknown): void => {
    if (isDriverFault(error)) return onFault(error as Error);
    console.error(error);
    process.exit(1);
  };
  process.on('uncaughtException', judge);
  return () => void process.off('uncaughtException', judge);
}
