const responseType = 'application/graphql-response+json';
const plainType = 'application/json';

interface Wish {
  readonly type: string;
  readonly quality: number;
}

function readWishes(accept: string): readonly Wish[] {
  return accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((part) => part.startsWith('q='))?.slice(2);
    return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
}

const qualityOf = (wishes: readonly Wish[], type: string): number =>
  wishes.find((wish) => wish.type === type)?.quality ?? 0;

/**
 * Whether a client asks for `application/graphql-response+json`, and with it for HTTP status codes that tell of errors
 * in the operation. Who asks for plain JSON as gladly, or for anything, gets plain JSON and 200 (GraphQL over HTTP,
 * sections 6.4.1 and 6.4.2; RFC 9110 section 12.5.1).
 */
export function acceptsGraphqlResponse(accept: string | undefined): boolean {
  if (!accept || accept.length > 1000) return false;
  const wishes = readWishes(accept);
  const [wanted, plain] = [qualityOf(wishes, responseType), qualityOf(wishes, plainType)];
  if (wanted !== plain) return wanted > plain;
  const first = wishes.find(({ type }) => type === responseType || type === plainType);
  return wanted > 0 && first?.type === responseType;
}
