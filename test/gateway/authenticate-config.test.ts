import { afterEach, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../gateway/config.ts';

afterEach(() => void vi.unstubAllEnvs());

function tokensWith(environment: Readonly<Record<string, string>>) {
  for (const name of ['ISSUER', 'JWKS_URI']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return readConfig([]).tokens;
}
const issuer = { ISSUER: 'https://issuer.example', JWKS_URI: 'https://issuer.example/jwks' };

describe('whose tokens are believed', () => {
  test('nobody’s, unless it is said', () => {
    expect(tokensWith({}).issuer).toBeUndefined();
    expect(tokensWith({ ISSUER: '', JWKS_URI: '' }).issuer).toBeUndefined();
  });

  test('those of the issuer, with strict usual rules', () => {
    expect(tokensWith(issuer)).toEqual({
      issuer: { name: issuer.ISSUER, jwksUri: issuer.JWKS_URI },
      audience: 'citizen-data-graph',
      algorithms: ['EdDSA', 'ES256', 'PS256', 'RS256'],
      clockSkewSeconds: 30,
      maxAgeSeconds: 3600,
    });
  });

  test('with rules that are given', () => {
    const given = { AUDIENCE: 'a', ALGORITHMS: 'ES256, PS512', CLOCK_SKEW_SECONDS: '0' };
    expect(tokensWith({ ...issuer, ...given, MAX_TOKEN_AGE_SECONDS: '600' })).toMatchObject({
      audience: 'a',
      algorithms: ['ES256', 'PS512'],
      clockSkewSeconds: 0,
      maxAgeSeconds: 600,
    });
  });

  test.each(['http://127.0.0.1:9/jwks', 'http://[::1]:9/jwks', 'http://localhost/jwks'])(
    'keys from this machine need no TLS: %s',
    (uri) => {
      expect(tokensWith({ ...issuer, JWKS_URI: uri }).issuer?.jwksUri).toBe(uri);
    },
  );

  test.each([
    ['ISSUER', { JWKS_URI: issuer.JWKS_URI }],
    ['JWKS_URI', { ISSUER: issuer.ISSUER }],
    ['JWKS_URI', { ...issuer, JWKS_URI: 'http://issuer.example/jwks' }],
    ['JWKS_URI', { ...issuer, JWKS_URI: 'http://127.0.0.1.issuer.example/jwks' }],
    ['JWKS_URI', { ...issuer, JWKS_URI: 'file:///etc/keys' }],
    ['JWKS_URI', { ...issuer, JWKS_URI: 'keys' }],
    ['ISSUER', { ...issuer, ISSUER: 'me' }],
    ['ALGORITHMS', { ALGORITHMS: 'HS256' }],
    ['ALGORITHMS', { ALGORITHMS: 'ES256,none' }],
    ['ALGORITHMS', { ALGORITHMS: '' }],
    ['CLOCK_SKEW_SECONDS', { CLOCK_SKEW_SECONDS: '61' }],
    ['MAX_TOKEN_AGE_SECONDS', { MAX_TOKEN_AGE_SECONDS: '0' }],
    ['AUDIENCE', { AUDIENCE: '' }],
  ])('%s is named when it is wrong', (name, environment) => {
    expect(() => tokensWith(environment as Record<string, string>)).toThrow(
      new RegExp(`^The environment variable ${name} is `),
    );
  });
});
