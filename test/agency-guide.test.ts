import { readFileSync } from 'node:fs';
import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyCallerToken } from '#kit';
import {
  bases,
  callerTokenHeader,
  callerTokenIssuer,
  callerTokenTtlSeconds,
  callerTokenType,
  describeRefusal,
  healthCompartments,
  isCarriedFacts,
  maxNotices,
  maxSubjects,
  readCarried,
  roleNames,
  signedAnswerType,
  signedCallType,
} from '#schema';
import { readDecisions } from '../gateway/engine/decisions.ts';

const guide = readFileSync(new URL('../docs/agency.md', import.meta.url), 'utf8');
const blocksOf = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);
const examples = blocksOf('json').map((block) => JSON.parse(block) as Record<string, unknown>);
const exampleWith = (property: string): Record<string, unknown> => {
  const found = examples.find((example) => Object.hasOwn(example, property));
  if (!found) throw new Error(`The guide has no example with ${property}.`);
  return found;
};

describe('docs/agency.md: the caller token', () => {
  const token = blocksOf('text')[0]?.trim() ?? '';
  const key = Buffer.from(/the key `([\w-]{43})`/.exec(guide)?.[1] ?? '', 'base64url');
  const at = (seconds: number) => new Date(seconds * 1000);
  const verify = (seconds: number, audience = 'residence') =>
    verifyCallerToken(token, { audience, key, now: at(seconds) });

  it('is one that agencies take, with the claims that stand beside it', () => {
    expect([...key]).toEqual(Array.from({ length: 32 }, (_, index) => index));
    expect(verify(1793509200)).toEqual(exampleWith('iss'));
  });

  it('is wrong when the guide says so', () => {
    expect(verify(1793509219)).not.toBeNull();
    expect(verify(1793509220)).toBeNull();
    expect(verify(1793509200, 'vehicles')).toBeNull();
  });

  it('is verified alike by a JOSE library, as the guide tells it to', async () => {
    const options = { algorithms: ['HS256'], typ: 'caller+jwt', issuer: 'gateway', audience: 'residence' };
    const timely = { clockTolerance: 5, maxTokenAge: 60 };
    const check = (seconds: number) =>
      jwtVerify(token, key, { ...options, ...timely, currentDate: at(seconds) });
    expect((await check(1793509219)).payload).toEqual(exampleWith('iss'));
    await expect(check(1793509220)).rejects.toThrow('exp');
  });

  it('has the header, the names and the life that the gateway gives it', () => {
    expect(guide).toContain(`the header \`${callerTokenHeader}\``);
    expect(guide).toContain(`{"alg":"HS256","typ":"${callerTokenType}"}`);
    expect(guide).toContain(`| \`iss\` | \`"${callerTokenIssuer}"\` |`);
    expect(guide).toContain(`the gateway gives ${callerTokenTtlSeconds} seconds`);
    expect(guide).toContain(`of ${roleNames.map((role) => `\`${role}\``).join(', ')} |`);
  });
});

describe('docs/agency.md: answers', () => {
  it('are refused in the words of the table', () => {
    const [unsigned] = exampleWith('errors')['errors'] as unknown[];
    expect(unsigned).toEqual(describeRefusal('CALLER_TOKEN_INVALID', null));
    const { path, ...refused } = exampleWith('path');
    expect(path).toEqual(['_entities', 0, 'residence']);
    expect(refused).toEqual(describeRefusal('NO_CONSENT', 'RESIDENCE'));
  });

  it('carry decisions of the form that the gateway takes', () => {
    const { extensions } = exampleWith('data') as { readonly extensions: Record<string, unknown> };
    expect(readDecisions(extensions)).toEqual(extensions['decisions']);
    expect(readDecisions(extensions)).toHaveLength(2);
    expect(guide).toContain(`${bases.map((basis) => `\`${basis}\``).join(', ')}; \`null\` when refused`);
    expect(guide).toContain(`(${healthCompartments.map((name) => `\`${name}\``).join(', ')})`);
  });
});

describe('docs/agency.md: signed calls', () => {
  it('have the types and limits of the code', () => {
    expect(guide).toContain(`{"alg":"HS256","typ":"${signedCallType}"}`);
    expect(guide).toContain(`{"alg":"HS256","typ":"${signedAnswerType}"}`);
    expect(guide).toContain(`up to ${maxSubjects} keys`);
    expect(guide).toContain(`at most ${maxNotices} (`);
  });

  it('have attested facts that agencies take, with the numbers of the code', () => {
    const carried = exampleWith('mac');
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    expect(isCarriedFacts(carried) && readCarried(carried, key)).toEqual(
      JSON.parse(String(carried['text'])) as unknown,
    );
    expect(guide).toMatch(/asked for at most 5 seconds ago[^]*1\.01 ×[^]*less than 500 ms/);
  });

  it('are shown in files that are there', () => {
    const files = [...guide.matchAll(/`((?:schema|subgraphs|test|docs)\/[\w./-]+)`/g)].map(
      ([, file = '']) => file,
    );
    expect(files.length).toBeGreaterThan(8);
    for (const file of files)
      expect(() => readFileSync(new URL(`../${file}`, import.meta.url)), file).not.toThrow(/ENOENT/);
  });
});
