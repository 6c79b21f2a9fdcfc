import type { IncomingMessage } from 'node:http';

/** The bytes of a body, or why there are none: more than are read, or the sender left. */
export type BodyRead = Buffer | 'TOO_LARGE' | 'GONE';

function announcesTooMuch({ headers }: IncomingMessage, maxBytes: number): boolean {
  return Number(headers['content-length'] ?? 0) > maxBytes;
}

/** Reads a body of at most `maxBytes` bytes. Never rejects; what is too large is not read to its end. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyRead> {
  if (announcesTooMuch(request, maxBytes)) return Promise.resolve('TOO_LARGE');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= maxBytes) return void chunks.push(chunk);
      request.off('data', take).pause();
      resolve('TOO_LARGE');
    };
    request.on('data', take);
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('close', () => resolve('GONE'));
    request.once('error', () => resolve('GONE'));
  });
}
