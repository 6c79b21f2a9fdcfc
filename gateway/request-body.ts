import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';

const maxBytes = 256 * 1024;

/** What nearly every client sends. */
const plainType = /^application\/json *(?:; *charset="?utf-8"? *)?$/i;

/** JSON in UTF-8, uncompressed, of a length that is told and small enough. */
export function isPlainJson({ method, headers }: IncomingMessage): boolean {
  const length = headers['content-length'] ?? '';
  return (
    method === 'POST' &&
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    plainType.test(headers['content-type'] ?? '') &&
    /^\d{1,9}$/.test(length) &&
    Number(length) <= maxBytes
  );
}

const broken = (): Error => Object.assign(new Error('The body cannot be read.'), { status: 400 });

function parseText(text: string): unknown {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text.codePointAt(0) === 0xfeff ? text.slice(1) : text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not JSON, like a single value: told below.
  }
  throw broken();
}

const readPlain = (request: IncomingMessage): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('error', () => reject(broken()));
    let isWhole = false;
    request.once('close', () => void (isWhole || reject(broken())));
    request.once('end', () => {
      isWhole = true;
      try {
        resolve(parseText((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString('utf8') ?? ''));
      } catch (error) {
        reject(error as Error);
      }
    });
  });

const parseAny = express.json({ limit: maxBytes, inflate: false });

const readAny = (request: IncomingMessage, response: ServerResponse): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const done = (error?: unknown): void => {
      if (error) reject(error as Error);
      else resolve((request as { readonly body?: unknown }).body);
    };
    parseAny(request as express.Request, response as express.Response, done);
  });

/**
 * The parsed JSON body, at most 256 kB; `undefined` when the request does not say that it sends JSON. One that was read
 * before, with its value in `request.body`, stays as it is.
 * @throws an error with the `status` of the answer, also when the client leaves before the end
 */
export const readBody = (request: IncomingMessage, response: ServerResponse): Promise<unknown> =>
  isPlainJson(request) && !request.readableEnded ? readPlain(request) : readAny(request, response);
