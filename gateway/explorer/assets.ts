import { extname } from 'node:path';
import type { RequestHandler } from 'express';
import { encodings, type Encoding } from './compress.ts';
import type { Bundle } from './prepare.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

const preferred = Object.keys(encodings) as Encoding[];

/** Serves the bundle's own files, compressed when the client takes it, kept for ever under their hashed names. */
export function serveAssets(bundle: () => Promise<Bundle>): RequestHandler<{ file: string }> {
  return async (request, response, next) => {
    const { folder, manifest } = await bundle();
    const { file } = request.params;
    const contentType = contentTypes[extname(file)];
    if (contentType === undefined || !manifest.files.includes(file)) return next();
    const encoding = preferred.find((each) => request.acceptsEncodings(each) !== false);
    response.set({
      'content-type': contentType,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      etag: `"${file}${encoding === undefined ? '' : encodings[encoding]}"`,
      vary: 'accept-encoding',
      ...(encoding && { 'content-encoding': encoding }),
    });
    const name = encoding === undefined ? file : file + encodings[encoding];
    response.sendFile(name, { root: folder, cacheControl: false, lastModified: false, acceptRanges: false });
  };
}
