type Headers = Readonly<Record<string, string>>;

/** The access token that stands in the headers editor from the start. */
export interface Prefilled {
  readonly token: string;
  /** Puts a fresh token in the place of the first one, which may have expired; other headers stay as they are. */
  readonly renew: (headers: Headers) => Promise<Record<string, string>>;
}

async function fetchToken(path: string): Promise<string | null> {
  const response = await fetch(path).catch(() => null);
  return response?.ok ? response.text() : null;
}

const bearer = (token: string): string => `Bearer ${token}`;

/** Asks for a first token; `null`: there is none to be had, and the headers editor stays empty. */
export async function prefill(path: string | null): Promise<Prefilled | null> {
  const token = path && (await fetchToken(path));
  if (!path || !token) return null;
  const renew = async (headers: Headers): Promise<Record<string, string>> => {
    if (headers['authorization'] !== bearer(token)) return { ...headers };
    return { ...headers, authorization: bearer((await fetchToken(path)) ?? token) };
  };
  return { token, renew };
}

/** JSON text for the headers editor. */
export const formatHeaders = ({ token }: Prefilled): string =>
  JSON.stringify({ authorization: bearer(token) }, null, 2);
