export type EmbeddedErrorCode =
  | 'EMBEDDED_PLATFORM'
  | 'EMBEDDED_ACCOUNT'
  | 'EMBEDDED_NOT_WRITABLE'
  | 'EMBEDDED_DISK_FULL'
  | 'EMBEDDED_OTHER_VERSION'
  | 'EMBEDDED_PASSWORD_MISSING'
  | 'EMBEDDED_PORT_IN_USE'
  | 'EMBEDDED_BUSY'
  | 'EMBEDDED_FAILED';

/** The embedded PostgreSQL cannot run. The message says why and what to do, for the person who starts it. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const diskFull = (place: string): EmbeddedError =>
  new EmbeddedError(
    'EMBEDDED_DISK_FULL',
    `The disk under ${place} is full. Free some space (a start needs 200 MB) or set DATA_DIR to a place with room.`,
  );

const notWritable = (place: string): EmbeddedError =>
  new EmbeddedError(
    'EMBEDDED_NOT_WRITABLE',
    `${place} cannot be written. Make it writable for the user who starts this, or set DATA_DIR to another place.`,
  );

/** Turns an error of the file system at `place` into one that says what to do; passes any other on. */
export function explainFileError(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(place);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR')
    return notWritable(place);
  return error;
}

/** The program could not even be begun, such as on a system with another C library. */
export function explainSpawn(error: Error): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_PLATFORM',
    `The PostgreSQL that npm brings cannot run on this system (${error.message}). ` +
      'Run a PostgreSQL 18 yourself and set DATABASE_URL.',
  );
}

/** Makes sense of what PostgreSQL printed before it gave up. */
export function explainOutput(output: string, place: string, port?: number): EmbeddedError {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(place);
  if (/Read-only file system|Permission denied/.test(output)) return notWritable(place);
  if (/could not bind|could not create any TCP/.test(output))
    return new EmbeddedError(
      'EMBEDDED_PORT_IN_USE',
      `Port ${port} of 127.0.0.1 is in use. Stop what uses it, or let PostgreSQL choose its port.`,
    );
  const last = output.trim().split('\n').slice(-3).join('\n');
  return new EmbeddedError(
    'EMBEDDED_FAILED',
    `PostgreSQL did not start in ${place}. Its last words were:\n${last}\nMoving that directory away gives a fresh start.`,
  );
}
