import { mix } from './random.ts';
import { permute } from './permutation.ts';
import type { Sex } from './person.ts';

/** What somebody is to the head of an ordinary household. */
export type Role = 'HEAD' | 'SPOUSE' | 'CHILD' | 'FATHER' | 'MOTHER';

/** A member before any chance is drawn: enough to give a number. `age`: calendar years between birth and the population's date. */
interface Slot {
  readonly role: Role;
  readonly sex: Sex;
  readonly age: number;
}

/** A slot of one cell; `first`: its position among all who get numbers of this sex and age out of one round of cells. */
interface Seat extends Slot {
  readonly first: number;
}

interface Kind {
  readonly roles: readonly Role[];
  /** Ages of the head, from and to, inclusive. */
  readonly ages: readonly [number, number];
}

/** More people than any population may have: their numbers would no longer be distinct. */
export const MAX_CITIZENS = 70_000_000;

const VARIANTS = 16;

const SINGLE: Kind = { roles: ['HEAD'], ages: [20, 51] };
const ALONE: Kind = { roles: ['HEAD'], ages: [60, 91] };
const COUPLE: Kind = { roles: ['HEAD', 'SPOUSE'], ages: [24, 87] };
const ONE_PARENT: Kind = { roles: ['HEAD', 'CHILD'], ages: [26, 57] };
const ONE_CHILD: Kind = { roles: ['HEAD', 'SPOUSE', 'CHILD'], ages: [26, 57] };
const TWO_CHILDREN: Kind = { roles: ['HEAD', 'SPOUSE', 'CHILD', 'CHILD'], ages: [28, 59] };
const THREE_CHILDREN: Kind = { roles: ['HEAD', 'SPOUSE', 'CHILD', 'CHILD', 'CHILD'], ages: [30, 61] };
const WITH_MOTHER: Kind = { roles: ['HEAD', 'SPOUSE', 'CHILD', 'CHILD', 'MOTHER'], ages: [28, 59] };
const THREE_GENERATIONS: Kind = {
  roles: ['HEAD', 'SPOUSE', 'CHILD', 'CHILD', 'MOTHER', 'FATHER'],
  ages: [28, 51],
};

/** The households of a street, again and again: so the citizens before any household can be counted by arithmetic. */
const STREET: readonly Kind[] = [
  TWO_CHILDREN,
  ONE_CHILD,
  WITH_MOTHER,
  COUPLE,
  TWO_CHILDREN,
  SINGLE,
  ONE_CHILD,
  THREE_GENERATIONS,
  TWO_CHILDREN,
  ONE_PARENT,
  ONE_CHILD,
  THREE_CHILDREN,
  TWO_CHILDREN,
  ALONE,
  COUPLE,
  TWO_CHILDREN,
];

export const STREET_LENGTH = STREET.length;

/** Citizens before each household of a street; the last entry is the whole street. */
const BEFORE: readonly number[] = STREET.reduce<number[]>(
  (sums, kind) => [...sums, (sums.at(-1) ?? 0) + kind.roles.length],
  [0],
);
const STREET_CITIZENS = BEFORE[STREET.length]!;

/** Ordinary citizens who live before household `index` (from 0). */
export const citizensBefore = (index: number): number =>
  Math.floor(index / STREET_LENGTH) * STREET_CITIZENS + BEFORE[index % STREET_LENGTH]!;

/** How many ordinary households hold `citizens` people; the last may be cut short. */
export function ordinaryHouseholdCount(citizens: number): number {
  const streets = Math.floor(citizens / STREET_CITIZENS);
  const left = citizens - streets * STREET_CITIZENS;
  return streets * STREET_LENGTH + BEFORE.findIndex((sum) => sum >= left);
}

/** One kind of household in one place of the street: every combination of ages and sexes it comes in. */
interface Cells {
  readonly members: readonly (readonly Seat[])[];
  /** For each member, by {@link groupOf}: numbers used up by one round of all cells, and where they begin. */
  readonly used: readonly Int32Array[];
  readonly offset: readonly Int32Array[];
}

const GROUPS = 220;
const groupOf = (sex: Sex, age: number): number => age * 2 + (sex === 'FEMALE' ? 1 : 0);

/** Ages and sexes of one cell. A mother is 20 to 44 at a birth, a grandmother 20 to 38, a father at most 9 years older. */
function imagine(kind: Kind, place: number, cell: number): Slot[] {
  const [from] = kind.ages;
  const age = from + Math.floor(cell / VARIANTS);
  const chance = (what: string, count: number): number => mix(mix(mix(place, cell), what), 7) % count;
  const sex: Sex =
    chance('sex', 10) < (kind.roles.includes('FATHER') || kind.roles.length > 2 ? 7 : 5) ? 'MALE' : 'FEMALE';
  const spouse = sex === 'MALE' ? age - chance('spouse', 7) + 1 : age + chance('spouse', 7) - 1;
  const mother = kind.roles.includes('SPOUSE') ? (sex === 'MALE' ? spouse : age) : age;
  const father = kind.roles.includes('SPOUSE') ? (sex === 'MALE' ? age : spouse) : age;
  const oldest = Math.max(Math.min(mother - 20, father - 20, 27), 0);
  const youngest = Math.min(Math.max(mother - 44, 0), oldest);
  const grandmother = Math.min(age + 20 + chance('mother', 19), 97);
  return kind.roles.map((role, index) => {
    switch (role) {
      case 'HEAD':
        return { role, sex, age };
      case 'SPOUSE':
        return { role, sex: sex === 'MALE' ? 'FEMALE' : 'MALE', age: spouse };
      case 'CHILD': {
        const childAge = youngest + chance(`child${index}`, oldest - youngest + 1);
        return { role, sex: chance(`girl${index}`, 100) < 48 ? 'FEMALE' : 'MALE', age: childAge };
      }
      case 'MOTHER':
        return { role, sex: 'FEMALE', age: grandmother };
      case 'FATHER':
        return { role, sex: 'MALE', age: Math.min(grandmother + chance('father', 6), 99) };
    }
  });
}

function buildCells(kind: Kind, place: number, taken: Int32Array): Cells {
  const count = (kind.ages[1] - kind.ages[0] + 1) * VARIANTS;
  const used = kind.roles.map(() => new Int32Array(GROUPS));
  const members = Array.from({ length: count }, (_, cell) =>
    imagine(kind, place, cell).map((slot, index) => {
      const group = groupOf(slot.sex, slot.age);
      const first = used[index]![group]!;
      used[index]![group] = first + 1;
      return { ...slot, first };
    }),
  );
  const rounds = Math.ceil(Math.ceil(MAX_CITIZENS / STREET_CITIZENS) / count);
  const offset = used.map((counts) => {
    const begin = taken.slice();
    for (let group = 0; group < GROUPS; group += 1) taken[group]! += counts[group]! * rounds;
    return begin;
  });
  return { members, used, offset };
}

interface Street {
  readonly cells: readonly Cells[];
  /** Serial numbers per sex and age that a population of {@link MAX_CITIZENS} can use. */
  readonly taken: Int32Array;
}

let street: Street | undefined;

function readStreet(): Street {
  if (street) return street;
  const taken = new Int32Array(GROUPS);
  street = { cells: STREET.map((kind, place) => buildCells(kind, place, taken)), taken };
  return street;
}

/** The fullest group of one sex and birth year at {@link MAX_CITIZENS}, to be held against `ORDINARY_SERIALS`. */
export const fullestGroup = (): number => Math.max(...readStreet().taken);

/** A member of an ordinary household with the rank that makes the number unique within sex and birth year. */
export interface Placed extends Slot {
  readonly rank: number;
}

/**
 * Who lives in ordinary household `index`, before anything but sex and age is known. Each round of a place visits every
 * cell once in an order of its own, so the rank is arithmetic: rounds before × numbers per round + position in the round.
 */
export function membersOf(seed: number, index: number): readonly Placed[] {
  const place = index % STREET_LENGTH;
  const { members, used, offset } = readStreet().cells[place]!;
  const nth = Math.floor(index / STREET_LENGTH);
  const round = Math.floor(nth / members.length);
  const cell = permute(
    nth % members.length,
    members.length / VARIANTS,
    VARIANTS,
    mix(mix(mix(seed, place), round), 'cell'),
  );
  return members[cell]!.map(({ role, sex, age, first }, member) => {
    const group = groupOf(sex, age);
    return { role, sex, age, rank: offset[member]![group]! + round * used[member]![group]! + first };
  });
}
