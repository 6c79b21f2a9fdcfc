import type { RefusalCode } from './reasons.ts';

/** What a client may be told of a failure, and what it can do next. */
export interface PublicError {
  readonly message: string;
  /** Of a refusal by access control in both languages; its reason, when known, has more exact words (`reasons.ts`). */
  readonly howTo: string | { readonly en: string; readonly vi: string };
}

/** THE table of public error codes. A message that names an argument replaces the general one; nothing else does. */
export const publicErrors = {
  GRAPHQL_PARSE_FAILED: {
    message: 'The document is not valid GraphQL.',
    howTo: 'Check the document at the given line and column.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    message: 'The document does not fit the schema.',
    howTo: 'Compare it with the schema, for instance in the explorer at /.',
  },
  BAD_USER_INPUT: {
    message: 'A value does not have the form that the schema asks for.',
    howTo: 'Correct the named argument or variable and send the request again.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    message: 'It is not clear which operation to run.',
    howTo: 'Send operationName when the document holds several operations.',
  },
  BAD_REQUEST: {
    message: 'The HTTP request cannot be answered in the way it was sent.',
    howTo:
      'Send POST with content-type application/json and a body with "query" and "variables". Personal numbers never travel in an address.',
  },
  REQUEST_TOO_LARGE: {
    message: 'The HTTP request is larger than what is read.',
    howTo:
      'Send at most 256 kB of body and 16 kB of headers; ask for less at once, or send several requests.',
  },
  REQUEST_TIMEOUT: {
    message: 'The HTTP request did not arrive in time.',
    howTo: 'Send headers and body without a pause, then wait for the answer.',
  },
  ENCODING_NOT_SUPPORTED: {
    message: 'The body of the HTTP request is sent in a form that is not read.',
    howTo: 'Send the body as UTF-8 and uncompressed, without the header "content-encoding".',
  },
  BATCH_NOT_SUPPORTED: {
    message: 'Several operations in one HTTP request are not answered.',
    howTo: 'Send each operation in a request of its own, or ask for all of it in one operation.',
  },
  OPERATION_TOO_LARGE: {
    message: 'The operation is larger than what is answered.',
    howTo: 'Ask for less at once, or send several requests.',
  },
  OVERLOADED: {
    message: 'There are more requests at the moment than can be answered.',
    howTo: 'Send the request again after the seconds in the header "retry-after".',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    message: 'Persisted queries are not served here.',
    howTo: 'Send the whole document in "query".',
  },
  UNAUTHENTICATED: {
    message: 'It is not known who asks.',
    howTo: {
      en: 'Send a valid access token in the header "authorization: Bearer …".',
      vi: 'Gửi mã truy cập hợp lệ trong tiêu đề "authorization: Bearer …".',
    },
  },
  LEVEL_TOO_LOW: {
    message: 'This needs an e-ID account of a higher level.',
    howTo: {
      en: 'Sign in again at the level that the field asks for.',
      vi: 'Đăng nhập lại bằng tài khoản định danh điện tử ở mức độ được yêu cầu.',
    },
  },
  CONSENT_REQUIRED: {
    message: 'There is no right to read this.',
    howTo: {
      en: 'Ask for consent with requestConsent, for a registered purpose.',
      vi: 'Gửi yêu cầu đồng ý bằng requestConsent cho một mục đích đã đăng ký.',
    },
  },
  FORBIDDEN: {
    message: 'This is not for the caller.',
    howTo: {
      en: 'Read the description of the field: it says who may read it, and for what.',
      vi: 'Xem mô tả của trường để biết ai được đọc và cho mục đích nào.',
    },
  },
  CONSENT_UNDECIDABLE: {
    message: 'Whether this may be shown cannot be decided at the moment.',
    howTo: { en: 'Try again in a few seconds.', vi: 'Thử lại sau vài giây.' },
  },
  TOO_MANY_SUBJECTS: {
    message: 'This concerns too many people at once.',
    howTo: { en: 'Ask for fewer people at once.', vi: 'Giảm số người trong một yêu cầu.' },
  },
  DATABASE_UNAVAILABLE: {
    message: 'The agency cannot reach its database at the moment.',
    howTo: 'Try again in a few seconds; the rest of the answer is complete.',
  },
  DATABASE_TIMEOUT: {
    message: "The agency's database did not answer in time.",
    howTo: 'Try again in a few seconds, or ask for less at once; the rest of the answer is complete.',
  },
  SUBGRAPH_UNAVAILABLE: {
    message: 'The agency does not answer at the moment.',
    howTo: 'Try again in a few seconds; the rest of the answer is complete.',
  },
  SUBGRAPH_TIMEOUT: {
    message: 'The agency did not answer in time.',
    howTo: 'Try again in a few seconds, or ask for less at once; the rest of the answer is complete.',
  },
  SUBGRAPH_BAD_RESPONSE: {
    message: 'The agency gave an answer that cannot be used.',
    howTo: 'Try again later; if it stays so, report the request id.',
  },
  REQUEST_CANCELLED: {
    message: 'The connection was closed before the answer was complete.',
    howTo: 'Send the request again and keep the connection open until the answer is there.',
  },
  INTERNAL_SERVER_ERROR: {
    message: 'Something went wrong on our side.',
    howTo: 'Try again later; if it stays so, report the request id.',
  },
} as const satisfies Record<string, PublicError> & Record<RefusalCode, PublicError>;

export type PublicErrorCode = keyof typeof publicErrors;

export function isPublicErrorCode(code: unknown): code is PublicErrorCode {
  return typeof code === 'string' && Object.hasOwn(publicErrors, code);
}

const ownWording: ReadonlySet<PublicErrorCode> = new Set([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** Whether an error of this code keeps its own words, because they name the refused argument. */
export function hasOwnWording(code: PublicErrorCode): boolean {
  return ownWording.has(code);
}
