/** A deterministic source of chance: the same seed and path always tell the same story. Not for secrets. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  /** @throws RangeError on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** Chooses by weight; the weights need not sum to one. @throws RangeError on an empty list. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  chance(probability: number): boolean;
  /** Decimal digits as text. */
  digits(count: number): string;
}

/** A 32-bit hash of a number or text, well mixed (MurmurHash3 steps). */
export function mix(hash: number, part: string | number): number {
  let mixed = hash;
  if (typeof part === 'number') {
    mixed = step(step(mixed, part | 0), Math.floor(part / 4_294_967_296) | 0);
  } else {
    for (let index = 0; index < part.length; index += 1) mixed = step(mixed, part.charCodeAt(index));
  }
  mixed ^= mixed >>> 16;
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function step(hash: number, value: number): number {
  let part = Math.imul(value, 0xcc9e2d51);
  part = (part << 15) | (part >>> 17);
  const next = hash ^ Math.imul(part, 0x1b873593);
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

/** State of sfc32 (C. Doty-Humphrey, PractRand) and the questions it answers; one object per generator, no closures. */
interface Generator extends Random {
  a: number;
  b: number;
  c: number;
  counter: number;
}

function nextOf(this: Generator): number {
  const word = (((this.a + this.b) | 0) + this.counter) | 0;
  this.counter = (this.counter + 1) | 0;
  this.a = this.b ^ (this.b >>> 9);
  this.b = (this.c + (this.c << 3)) | 0;
  this.c = (((this.c << 21) | (this.c >>> 11)) + word) | 0;
  return (word >>> 0) / 4_294_967_296;
}

function weightedOf<T>(this: Generator, choices: readonly (readonly [T, number])[]): T {
  let total = 0;
  for (const choice of choices) total += choice[1];
  let left = this.next() * total;
  for (const choice of choices) {
    left -= choice[1];
    if (left < 0) return choice[0];
  }
  const last = choices.at(-1);
  if (!last) throw new RangeError('Nothing to choose from.');
  return last[0];
}

const methods: Random & ThisType<Generator> = {
  next: nextOf,
  weighted: weightedOf,
  int(min, max) {
    return min + Math.floor(this.next() * (max - min + 1));
  },
  pick(list) {
    if (list.length === 0) throw new RangeError('Nothing to pick from.');
    return list[this.int(0, list.length - 1)]!;
  },
  chance(probability) {
    return this.next() < probability;
  },
  digits(count) {
    let text = '';
    while (text.length < count) text += String(this.int(0, 9));
    return text;
  },
};

/**
 * A generator for one seed and path, for instance `randomOf(7, 'vehicles', citizenId)`.
 * Two paths that differ are independent; creating one is cheap (under a microsecond), so make one per question.
 * Call its methods on it (`random.int(1, 6)`): they are not bound.
 */
export function randomOf(seed: number, ...path: (string | number)[]): Random {
  const generator = Object.create(methods) as Generator;
  let a = mix(0x9e3779b9, seed);
  for (const part of path) a = mix(a, part);
  generator.a = a;
  generator.b = mix(a, 1);
  generator.c = mix(generator.b, 2);
  generator.counter = 1;
  return generator;
}
