import { Pool } from 'undici';
import { profileQuery } from '../gateway/explorer/profile-query.ts';
import { ask, type Question } from './load.ts';
import { measureRound, type Round } from './measure.ts';
import type { Asked } from './right.ts';
import { groupsOf, type Stack } from './stacks.ts';

/** What a request about citizens costs, by whose processes spend it. */
export type CitizenRound = Round<'gateway' | 'agencies' | 'postgres'>;

/** Makes the next body about people drawn at random. */
export type BodyOf = (next: () => string) => string;

export const profileBodyOf: BodyOf = (next) =>
  JSON.stringify({ query: profileQuery, variables: { personalId: next() } });

export interface CitizenLoad {
  readonly asked: Asked;
  readonly token: string;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** The profile of one citizen when not given. */
  readonly bodyOf?: BodyOf;
}

const headersOf = (token: string) => ({ authorization: `Bearer ${token}` });

/** Data of a citizen and no error. */
const isWhole = (text: string): boolean =>
  (text.startsWith('{"data":{"citizen":{"id":"') || text.startsWith('{"data":{"citizens":[{"id":"')) &&
  !text.includes('"errors"');

/** People in turn, from a place in the list drawn at random. */
function walkNumbers({ numbers }: Asked): () => string {
  let next = Math.floor(Math.random() * numbers.length);
  return () => numbers[next++ % numbers.length] ?? '';
}

/** One stack under load for a while. */
export function measureCitizens(stack: Stack, load: CitizenLoad): Promise<CitizenRound> {
  const { asked, token, bodyOf = profileBodyOf, ...rest } = load;
  const nextNumber = walkNumbers(asked);
  const next = (): Question => ({
    body: bodyOf(nextNumber),
    isRight: (answer) => isWhole(answer.toString('latin1')),
  });
  const processes = { ...groupsOf(stack), postgres: [asked.postmaster] };
  return measureRound(processes, { ...rest, origin: stack.origin, headers: headersOf(token), next });
}

/** What an answer says went wrong, without its data. */
function tellErrors(answer: string | null): string {
  if (answer === null) return 'The latter is not 200.';
  const codes = new Set(answer.match(/"code":"[A-Z_]+"/g));
  return codes.size === 0 ? 'Both carry data and no error.' : `The latter says ${[...codes].join(', ')}.`;
}

const sampleSize = 200;

/** So many requests may meet servers that are still opening connections; nothing is asked of their answers. */
const firstRequests = 20;

/**
 * @throws Error when two stacks do not answer the same bytes, but for the line end that Apollo Server adds: then their
 *   costs cannot be compared
 */
export async function requireSameAnswers(
  stacks: readonly Stack[],
  { numbers }: Asked,
  token: string,
): Promise<void> {
  const pools = stacks.map(({ origin }) => new Pool(origin, { connections: 1 }));
  for (const number of numbers.slice(0, firstRequests))
    for (const pool of pools)
      await ask(
        pool,
        profileBodyOf(() => number),
        headersOf(token),
      );
  for (const number of numbers.slice(0, sampleSize)) {
    const body = profileBodyOf(() => number);
    const answers = await Promise.all(pools.map((pool) => ask(pool, body, headersOf(token))));
    const [first] = answers;
    const other = answers.findIndex((answer) => answer?.trimEnd() !== first?.trimEnd());
    if (first == null || !isWhole(first))
      throw new Error(`${stacks[0]?.name}: an answer carries no data, or errors.`);
    if (other !== -1)
      throw new Error(
        `${stacks[0]?.name} and ${stacks[other]?.name} do not answer the same. ${tellErrors(answers[other] ?? null)}`,
      );
  }
  await Promise.all(pools.map((pool) => pool.close()));
}
