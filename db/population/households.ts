import { assemblePerson, type Kin } from './assemble.ts';
import { dayText } from './calendar.ts';
import { citizensBefore, MAX_CITIZENS, ordinaryHouseholdCount, type Placed, type Role } from './cohort.ts';
import { refOfDraft, type Draft } from './draft.ts';
import { uuidOf } from './identity.ts';
import { tellLife } from './life/index.ts';
import { draftHousehold } from './ordinary.ts';
import type { Household, HouseholdMember, PopulationPlan, RelationToHead } from './person.ts';
import { personaFamilyCount, personaHouseholds } from './personas/index.ts';
import { randomOf } from './random.ts';

const RELATIONS: Readonly<Record<Role, RelationToHead>> = {
  HEAD: 'HEAD',
  SPOUSE: 'SPOUSE',
  CHILD: 'CHILD',
  FATHER: 'PARENT',
  MOTHER: 'PARENT',
};

interface Family {
  readonly roles: readonly Placed[];
  readonly drafts: readonly Draft[];
}

const find = (family: Family, role: Role): Draft | undefined =>
  family.drafts[family.roles.findIndex((slot) => slot.role === role)];

function parentsOf(family: Family, role: Role): readonly Draft[] {
  const pair =
    role === 'CHILD' ? (['HEAD', 'SPOUSE'] as const) : role === 'HEAD' ? (['FATHER', 'MOTHER'] as const) : [];
  return pair.map((name) => find(family, name)).filter((draft) => draft !== undefined);
}

const SPOUSES: Readonly<Partial<Record<Role, Role>>> = {
  HEAD: 'SPOUSE',
  SPOUSE: 'HEAD',
  FATHER: 'MOTHER',
  MOTHER: 'FATHER',
};

const refOrNull = (draft: Draft | undefined) => (draft ? refOfDraft(draft) : null);

function kinOf(family: Family, role: Role): Kin {
  const parents = parentsOf(family, role);
  const spouseRole = SPOUSES[role];
  return {
    father: refOrNull(parents.find((draft) => draft.sex === 'MALE')),
    mother: refOrNull(parents.find((draft) => draft.sex === 'FEMALE')),
    spouse: refOrNull(spouseRole ? find(family, spouseRole) : undefined),
  };
}

function tellMember(family: Family, member: number): HouseholdMember {
  const { role } = family.roles[member]!;
  const draft = family.drafts[member]!;
  const spouse = SPOUSES[role] && find(family, SPOUSES[role]);
  const isWidowed = spouse !== undefined && spouse.died !== null;
  const told: Draft = isWidowed ? { ...draft, maritalStatus: 'WIDOWED' } : draft;
  const parents = role === 'CHILD' ? parentsOf(family, role) : [];
  return {
    person: assemblePerson(told, kinOf(family, role), tellLife(told, parents)),
    relationToHead: RELATIONS[role],
    since: dayText(draft.movedIn),
  };
}

/** Ordinary household number `ordinary` (from 0) of a plan. */
function tellHousehold(plan: PopulationPlan, ordinary: number, index: number): Household {
  const before = citizensBefore(ordinary);
  const size = Math.min(citizensBefore(ordinary + 1), plan.citizens) - before;
  const family = draftHousehold(plan, ordinary, size);
  return {
    index,
    householdId: uuidOf('household', plan.seed, ordinary),
    bookNo: dayText(family.formed) < '2023-01-01' ? randomOf(plan.seed, 'book', ordinary).digits(9) : null,
    dwelling: family.drafts[0]!.dwelling,
    members: family.drafts.map((_, member) => tellMember(family, member)),
  };
}

function checkPlan(plan: PopulationPlan): void {
  if (Number.isInteger(plan.citizens) && plan.citizens >= 0 && plan.citizens <= MAX_CITIZENS) return;
  throw new RangeError(
    `A population has between 0 and ${MAX_CITIZENS} citizens: beyond that personal numbers would repeat.`,
  );
}

/** How many households a plan has, the personas' included. @throws RangeError when the plan has too many citizens. */
export function householdCount(plan: PopulationPlan): number {
  checkPlan(plan);
  return personaFamilyCount(plan.asOf) + ordinaryHouseholdCount(plan.citizens);
}

/**
 * The households of a population one after the other: first the personas', then the ordinary ones. Nothing is carried
 * from one to the next, so any range can be told alone, in any order, and always the same.
 * @param range household indices, `from` inclusive, `to` exclusive; all when left out
 * @throws RangeError when the plan has too many citizens
 */
export function* households(
  plan: PopulationPlan,
  range?: { from: number; to: number },
): Generator<Household> {
  const named = personaHouseholds(plan.asOf);
  const count = householdCount(plan);
  const to = Math.min(range?.to ?? count, count);
  for (let index = Math.max(range?.from ?? 0, 0); index < to; index += 1) {
    yield named[index] ?? tellHousehold(plan, index - named.length, index);
  }
}
