import { Pool } from 'undici';
import { ask, type Question } from '../load.ts';
import type { Workload } from './workload.ts';

/** How a gateway's answers compare with those of stock. */
export type Likeness = 'same bytes' | 'same data, written otherwise' | 'other data';

/** The bodies of a workload's requests, and a gateway's answers to them. */
export interface Answers {
  readonly bodies: readonly string[];
  readonly texts: readonly string[];
}

/** Asks everything once. Rejects when an answer is not 200, or carries errors. */
export async function collectAnswers(origin: string, workload: Workload): Promise<Answers> {
  const pool = new Pool(origin, { connections: 4 });
  const { query } = workload;
  const bodies = workload.variables.map((variables) => JSON.stringify({ query, variables }));
  const texts = await Promise.all(bodies.map((body) => ask(pool, body)));
  await pool.close();
  const bad = texts.find((text) => text === null || text.includes('"errors"'));
  if (bad !== undefined) throw new Error(`A gateway did not answer: ${bad?.slice(0, 400) ?? 'not 200'}`);
  return { bodies, texts: texts as string[] };
}

/** Keys in the order of the alphabet, so that only data are compared. */
const sortKeys = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;

const canonical = (text: string): string => JSON.stringify(JSON.parse(text), sortKeys);

/** Byte for byte, but for the line end that Apollo Server adds. */
export function compareAnswers(stock: Answers, other: Answers): Likeness {
  const isSame = (read: (text: string) => string): boolean =>
    stock.texts.every((text, at) => read(text) === read(other.texts[at] ?? 'null'));
  if (isSame((text) => text.trimEnd())) return 'same bytes';
  return isSame(canonical) ? 'same data, written otherwise' : 'other data';
}

/** Every answer under load must be, byte for byte, the one that was compared. */
export function questionsOf({ bodies, texts }: Answers): () => Question {
  const questions = bodies.map((body, at): Question => {
    const right = Buffer.from(texts[at] ?? '');
    return { body, isRight: (answer) => answer.equals(right) };
  });
  let next = 0;
  return () => questions[next++ % questions.length] as Question;
}

/** Of an answer, in bytes, the median of the workload. */
export const sizeOf = ({ texts }: Answers): number => Buffer.byteLength(texts[texts.length >> 1] ?? '');
