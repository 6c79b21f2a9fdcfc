import type { HttpAnswer } from './exchange.ts';
import { isWithinBounds, type JsonBounds } from './json-bounds.ts';
import type { AgencyAnswer } from './request.ts';

/** Beyond any answer to an operation that passes the limits of documents, and cheap to parse. */
const bounds: JsonBounds = { maxDepth: 200, maxContainers: 200_000 };
/** More than one for every field of every person that one operation may ask about. */
const maxErrors = 10_000;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** GraphQL over HTTP, section 4: JSON under either media type, always UTF-8. */
const isGraphqlJson = (contentType: string): boolean =>
  /^application\/(graphql-response\+)?json\s*(;|$)/.test(contentType) &&
  !/charset=(?!"?utf-?8)/.test(contentType);

const isPathPart = (part: unknown): boolean =>
  typeof part === 'string' || (Number.isInteger(part) && Number(part) >= 0);

const isPath = (path: unknown): path is readonly (string | number)[] =>
  Array.isArray(path) && path.length > 0 && path.length <= bounds.maxDepth && path.every(isPathPart);

/** An error without what is of no use here, such as places in a document that the client never saw. */
function readError({ message, path, extensions }: Json): Json {
  return {
    message: typeof message === 'string' ? message : '',
    ...(isPath(path) && { path }),
    ...(isObject(extensions) && { extensions }),
  };
}

/** `null`: not a list of errors that anybody could have meant. */
function readErrors(errors: unknown): readonly Json[] | null {
  if (errors === undefined || errors === null) return [];
  if (!Array.isArray(errors) || errors.length > maxErrors || !errors.every(isObject)) return null;
  return errors.map(readError);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** GraphQL, section 7.1: data, or errors that say why there is none; a failed status carries no data. */
function readBody(body: unknown, isOk: boolean): AgencyAnswer | null {
  if (!isObject(body)) return null;
  const own = (key: string): unknown => (Object.hasOwn(body, key) ? body[key] : undefined);
  const [data, errors, extensions] = [own('data') ?? null, readErrors(own('errors')), own('extensions')];
  const isWhole = data === null ? errors?.length !== 0 : isOk && isObject(data);
  if (!errors || !isWhole) return null;
  return {
    data,
    ...(errors.length > 0 && { errors }),
    ...(isObject(extensions) && { extensions }),
  };
}

/**
 * The GraphQL answer in an HTTP answer; `null` when it is none. Compressed bodies are none: we ask for no compression, so
 * nothing is ever inflated.
 */
export function readAnswer({ status, contentType, contentEncoding, body }: HttpAnswer): AgencyAnswer | null {
  const isPlain = contentEncoding === '' || contentEncoding === 'identity';
  if (!isPlain || !isGraphqlJson(contentType) || !isWithinBounds(bounds, body)) return null;
  return readBody(parseJson(body), status >= 200 && status < 300);
}
