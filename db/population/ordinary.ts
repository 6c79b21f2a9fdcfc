import { drawAccount } from './account.ts';
import { addYears, ageOn, dayNumber, parseDay, yearOf, type DayNumber } from './calendar.ts';
import { BLOOD_TYPES, ETHNICITIES, RELIGIONS, VIETNAM } from './catalogues/peoples.ts';
import { citizensBefore, membersOf, type Placed } from './cohort.ts';
import type { Career, Draft } from './draft.ts';
import { cmndOf, personalIdOf, serialOf, uuidOf } from './identity.ts';
import { drawAddress, unitOn } from './life/residence.ts';
import { drawName, drawSurname, fullNameOf } from './names.ts';
import type { Address, Coded, Person, PopulationPlan, Unit } from './person.ts';
import { randomOf, type Random } from './random.ts';
import { units } from './units/units.ts';

/** What the members of one household share. */
interface Home {
  readonly index: number;
  readonly seed: number;
  readonly today: DayNumber;
  readonly formed: DayNumber;
  readonly oldWard: Unit;
  readonly dwelling: Address;
  readonly ethnicity: Coded;
  readonly religion: Coded | null;
  readonly isPoor: boolean;
  /** Surname of the head and, when the head is a man, of the children. */
  readonly surname: string;
  readonly roles: readonly Placed[];
}

function drawBirth(random: Random, today: DayNumber, age: number): DayNumber {
  const year = yearOf(today) - age;
  const first = dayNumber(year, 1, 1);
  return random.int(first, age === 0 ? today : dayNumber(year, 12, 31));
}

function drawHome(plan: PopulationPlan, index: number, roles: readonly Placed[], headBorn: DayNumber): Home {
  const random = randomOf(plan.seed, 'home', index);
  const today = parseDay(plan.asOf);
  const earliest = addYears(headBorn, 18);
  const formed = Math.min(
    earliest + random.int(900, 4400),
    random.int(Math.min(earliest, today - 40), today - 30),
  );
  const oldWard = random.pick(units.oldWards);
  const ethnicity = random.weighted(ETHNICITIES);
  return {
    index,
    seed: plan.seed,
    today,
    formed,
    oldWard,
    ethnicity,
    roles,
    dwelling: drawAddress(random, oldWard, formed),
    religion: random.weighted(RELIGIONS),
    isPoor: random.chance(0.06),
    surname: drawSurname(random, ethnicity.name),
  };
}

const has = (roles: readonly Placed[], role: Placed['role']): boolean =>
  roles.some((other) => other.role === role);

function drawMaritalStatus(
  random: Random,
  slot: Placed,
  roles: readonly Placed[],
  age: number,
): Person['maritalStatus'] {
  switch (slot.role) {
    case 'SPOUSE':
      return 'MARRIED';
    case 'FATHER':
      return 'MARRIED';
    case 'MOTHER':
      return has(roles, 'FATHER') ? 'MARRIED' : 'WIDOWED';
    case 'CHILD':
      return 'SINGLE';
    case 'HEAD':
      if (has(roles, 'SPOUSE')) return 'MARRIED';
      if (age >= 60) return random.chance(0.8) ? 'WIDOWED' : 'SINGLE';
      return random.weighted([
        ['SINGLE', age < 35 ? 8 : 2],
        ['DIVORCED', 2],
      ]);
  }
}

const isHusband = (slot: Placed): boolean => slot.role === 'SPOUSE' && slot.sex === 'MALE';

/** A child bears the father's surname; a spouse and the head's mother keep their own (nobody changes it on marriage). */
function drawMemberSurname(random: Random, home: Home, slot: Placed): string {
  if (slot.role === 'HEAD' || slot.role === 'FATHER') return home.surname;
  if (slot.role === 'CHILD' && !home.roles.some(isHusband)) return home.surname;
  if (slot.role === 'CHILD') return spouseSurname(home);
  return slot.role === 'SPOUSE' ? spouseSurname(home) : drawSurname(random, home.ethnicity.name);
}

const spouseSurname = (home: Home): string =>
  drawSurname(randomOf(home.seed, 'spouse', home.index), home.ethnicity.name);

const CAREERS: readonly (readonly [Career, number])[] = [
  ['ENTERPRISE', 50],
  ['STATE', 10],
  ['VOLUNTARY', 7],
  ['NONE', 33],
];

function drawDeath(random: Random, slot: Placed, born: DayNumber, today: DayNumber): DayNumber | null {
  if (slot.role === 'HEAD' || slot.age < 60 || !random.chance((slot.age - 50) / 900)) return null;
  return today - random.int(10, 700);
}

function placesOf(
  random: Random,
  home: Home,
  born: DayNumber,
  hasMoved: boolean,
): Pick<Draft, 'birthUnit' | 'hometown'> {
  const province = home.oldWard.province.code;
  const near = random.chance(0.75) ? units.oldWardsOf(province) : units.oldWards;
  const birthUnit = hasMoved ? unitOn(random.pick(near), born) : unitOn(home.oldWard, born);
  return {
    birthUnit,
    hometown: random.chance(0.7) ? birthUnit : unitOn(random.pick(units.oldWardsOf(province)), born),
  };
}

function draftMember(home: Home, slot: Placed, number: number): Draft {
  const { seed, today, ethnicity, religion, dwelling, isPoor } = home;
  const random = randomOf(seed, number, 'self');
  const born = drawBirth(random, today, slot.age);
  const died = drawDeath(random, slot, born, today);
  const end = died ?? today;
  const age = ageOn(born, end);
  const year = yearOf(today) - slot.age;
  const hasMoved = slot.role !== 'CHILD' && home.formed > born;
  const isStudent = age >= 18 && age <= 22 && slot.role === 'CHILD' && random.chance(0.5);
  return {
    seed,
    number,
    persona: null,
    sex: slot.sex,
    born,
    died,
    today,
    end,
    ethnicity,
    religion,
    dwelling,
    isPoor,
    hasMoved,
    isStudent,
    citizenId: uuidOf('citizen', seed, number),
    name: drawName(random, drawMemberSurname(random, home, slot), slot.sex, year),
    otherNames: random.chance(0.015) ? [fullNameOf(drawName(random, home.surname, slot.sex, year))] : [],
    personalId: personalIdOf(slot.sex, year, serialOf(seed, slot.sex, year, slot.rank)),
    cmnd: cmndOf(seed, number),
    nationality: VIETNAM,
    bloodType: random.weighted(BLOOD_TYPES),
    ...placesOf(random, home, born, hasMoved),
    movedIn: Math.max(home.formed, born),
    maritalStatus: drawMaritalStatus(random, slot, home.roles, age),
    career: age < 18 || isStudent ? 'NONE' : random.weighted(CAREERS),
    account: drawAccount(random, born, end, died !== null),
  };
}

/** The people of ordinary household `index`, at most `size` of them, before their events. The first is the head. */
export function draftHousehold(
  plan: PopulationPlan,
  index: number,
  size: number,
): { readonly roles: readonly Placed[]; readonly drafts: readonly Draft[]; readonly formed: DayNumber } {
  const roles = membersOf(plan.seed, index).slice(0, size);
  const before = citizensBefore(index);
  const head = roles[0]!;
  const headBorn = drawBirth(randomOf(plan.seed, before, 'self'), parseDay(plan.asOf), head.age);
  const home = drawHome(plan, index, roles, headBorn);
  return {
    roles,
    drafts: roles.map((slot, member) => draftMember(home, slot, before + member)),
    formed: home.formed,
  };
}
