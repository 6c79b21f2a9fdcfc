import type { AnswerHead } from './exchange.ts';
import { isShallow, isWithinBounds, type JsonBounds } from './json-bounds.ts';
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

/**
 * No structure in so few bytes is too much: a value in them is at most half as deep, which whatever walks it later bears
 * (`JSON.stringify` twice over), and has at most half as many arrays and objects.
 */
const harmlessBytes = 4096;
/** So few bytes hold no more arrays and objects than are cheap; how deep they lie is told quicker of what they hold. */
const fewBytes = 128 * 1024;

/** `undefined`: no JSON, or more of it than anybody could have meant. */
export function parseBounded(body: Buffer): unknown {
  if (body.length > fewBytes && !isWithinBounds(bounds, body)) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    const mayBeDeep = body.length > harmlessBytes && body.length <= fewBytes;
    if (mayBeDeep && typeof value === 'object' && value !== null && !isShallow(value, bounds.maxDepth))
      return undefined;
    return value;
  } catch {
    return undefined;
  }
}

const backslash = 0x5c;

/** GraphQL, section 7.1: data, or errors that say why there is none; a failed status carries no data. `bytes`: the JSON of `body`. */
export function readBody(body: unknown, bytes: Buffer, isOk: boolean): AgencyAnswer | null {
  if (!isObject(body)) return null;
  const own = (key: string): unknown => (Object.hasOwn(body, key) ? body[key] : undefined);
  const [data, errors, extensions] = [own('data') ?? null, readErrors(own('errors')), own('extensions')];
  const isWhole = data === null ? errors?.length !== 0 : isOk && isObject(data);
  if (!errors || !isWhole) return null;
  const isUnescaped = !bytes.includes(backslash);
  const answer: { -readonly [Key in keyof AgencyAnswer]: AgencyAnswer[Key] } = { data, isUnescaped };
  if (errors.length > 0) answer.errors = errors;
  if (isObject(extensions)) answer.extensions = extensions;
  return answer;
}

/** Compressed bodies are none that are read: we ask for no compression, so nothing is ever inflated. */
export const isPlain = ({ contentEncoding }: AnswerHead): boolean =>
  contentEncoding === '' || contentEncoding === 'identity';

/** The GraphQL answer in an HTTP answer; `null` when it is none. */
export function readAnswer(head: AnswerHead, body: Buffer): AgencyAnswer | null {
  if (!isPlain(head) || !isGraphqlJson(head.contentType)) return null;
  return readBody(parseBounded(body), body, head.status >= 200 && head.status < 300);
}
