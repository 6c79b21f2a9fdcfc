import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import type { Caller } from '#schema';
import type { Authenticate } from '../../gateway/authenticate.ts';
import { challengeFor, isNothing, type ChallengeableAnswer } from '../../gateway/challenge.ts';
import { readBody } from '../../gateway/request-body.ts';
import { isTokenInBody, misplacedToken, sendFailure, signIn } from '../../gateway/sign-in.ts';

const anonymous: Caller = { kind: 'anonymous' };
/** Lets in whoever sends nothing or `good`. */
const authenticate: Authenticate = async (authorization) => {
  if (authorization === 'Bearer early') return { kind: 'refused', reason: 'AGENCY_UNAVAILABLE' };
  return authorization === undefined || authorization === 'Bearer good'
    ? anonymous
    : { kind: 'refused', reason: 'TOKEN_INVALID' };
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const caller = await signIn(authenticate, request);
  if (caller.kind === 'refused') return sendFailure(response, caller);
  if (isTokenInBody(await readBody(request, response))) return sendFailure(response, misplacedToken);
  response.setHeader('content-type', 'application/json').end(JSON.stringify(caller));
}

const app: RequestListener = (request, response) => void answer(request, response);

const refusal = {
  errors: [
    {
      message: expect.stringContaining('access token is not valid'),
      extensions: {
        code: 'UNAUTHENTICATED',
        reason: 'TOKEN_INVALID',
        scope: null,
        howTo: { en: expect.any(String), vi: expect.any(String) },
      },
    },
  ],
};

describe('signing in', () => {
  test('tells the rest who asks', async () => {
    await supertest(app).post('/graphql').expect(200, anonymous);
    await supertest(app).post('/graphql').set('authorization', 'Bearer good').expect(200, anonymous);
  });

  test('with a bad token is answered 401, in the words of the table and RFC 6750', async () => {
    const { body, headers } = await supertest(app)
      .post('/graphql')
      .set('authorization', 'Bearer secret-token')
      .expect(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", error_description="[^"]+"$/);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual(refusal);
    expect(JSON.stringify([body, headers])).not.toContain('secret-token');
  });

  test.each(['?access_token=good', '?query=%7Bid%7D&access_token=', '?access_token=a&access_token=b'])(
    'with a token in the address (%s) is answered 401',
    async (query) => {
      expect((await supertest(app).get(`/graphql${query}`).expect(401)).body).toEqual(refusal);
      await supertest(app).get(`/graphql${query}`).set('authorization', 'Bearer good').expect(401);
    },
  );

  test('with a token in the body is answered 401', async () => {
    const body = { query: '{ id }', access_token: 'good' };
    expect((await supertest(app).post('/graphql').send(body).expect(401)).body).toEqual(refusal);
  });

  test('with two headers is answered 401', async () => {
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sent = httpRequest({
      port: (server.address() as AddressInfo).port,
      headers: [
        ...['host', 'localhost'],
        ...['authorization', 'Bearer good', 'authorization', 'Bearer good'],
      ],
    }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(401);
    answer.resume();
    server.closeAllConnections();
    server.close();
  });

  test('before the issuer could be asked is answered 503, not 401', async () => {
    const { body, headers } = await supertest(app)
      .post('/graphql')
      .set('authorization', 'Bearer early')
      .expect(503);
    expect(headers['retry-after']).toBe('30');
    expect(headers['www-authenticate']).toBeUndefined();
    expect(body.errors[0].extensions.code).toBe('CONSENT_UNDECIDABLE');
  });
});

const tooLow = { extensions: { code: 'LEVEL_TOO_LOW' } };
const other = { extensions: { code: 'CONSENT_REQUIRED' } };
const challenge =
  /^Bearer error="insufficient_user_authentication", error_description="[^"]+", acr_values="urn:vn:eid:level:2"$/;

type Answer = { readonly data?: unknown; readonly errors?: ChallengeableAnswer['errors'] };
const answers: readonly (readonly [string, Answer, 'no' | 'header' | 401])[] = [
  ['no errors', { data: { citizen: { id: '1' } } }, 'no'],
  ['other errors only', { data: { citizen: null }, errors: [other, {}] }, 'no'],
  ['something was answered', { data: { citizen: { id: '1', residence: null } }, errors: [tooLow] }, 'header'],
  ['an empty list was answered', { data: { citizen: { vehicles: [] } }, errors: [tooLow] }, 'header'],
  ['false was answered', { data: { isOpen: false }, errors: [tooLow] }, 'header'],
  ['no data at all', { errors: [other, tooLow] }, 401],
  ['data is null', { data: null, errors: [tooLow] }, 401],
  ['a null', { data: { citizen: null }, errors: [tooLow, other] }, 401],
  ['nulls below', { data: { citizens: [null, { residence: null }] }, errors: [tooLow] }, 401],
];

test.each(answers)('the step-up challenge of RFC 9470: %s', (_, { data, errors = [] }, expected) => {
  const { status, header } = challengeFor({ isNothing: () => isNothing(data), errors });
  expect(status).toBe(expected === 401 ? 401 : undefined);
  if (expected === 'no') expect(header).toBeUndefined();
  else expect(header).toMatch(challenge);
});
