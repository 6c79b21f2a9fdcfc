import { dayText, parseDay } from '../calendar.ts';
import type { Day, Household } from '../person.ts';
import { draftCompany, tellFamily, type Company } from './build.ts';
import { identityFamilies } from './identity-edges.ts';
import { parentFamilies } from './kin-parents.ts';
import { wardFamilies } from './kin-wards.ts';
import { addressFamilies } from './record-addresses.ts';
import { healthFamilies } from './record-health.ts';
import { spellingFamilies } from './record-spelling.ts';
import { workFamilies } from './record-work.ts';
import type { FamilySpec } from './spec.ts';

/** A named person of the population and why they exist. */
export interface Persona {
  /** Kebab-case, unique. */
  readonly name: string;
  readonly personalId: string;
  /** Level of the electronic identity account; 0: none. */
  readonly level: 0 | 1 | 2;
  /** One English sentence. */
  readonly note: string;
}

interface Named {
  readonly asOf: Day;
  readonly families: readonly FamilySpec[];
  readonly company: Company;
  households?: readonly Household[];
}

let last: Named | undefined;

/** The families of a day; those of the last day asked for are kept. */
function nameAll(asOf: Day): Named {
  if (last?.asOf === asOf) return last;
  const today = parseDay(asOf);
  const families = [
    ...parentFamilies(today),
    ...wardFamilies(today),
    ...identityFamilies(today),
    ...addressFamilies(today),
    ...workFamilies,
    ...healthFamilies,
    ...spellingFamilies,
  ];
  last = { asOf: dayText(today), families, company: draftCompany(families, today) };
  return last;
}

/**
 * The households of the named people, the first of every population whatever its seed and size.
 * Only birth dates that are defined by an age depend on the day.
 */
export function personaHouseholds(asOf: Day): readonly Household[] {
  const named = nameAll(asOf);
  named.households ??= named.families.map((family, index) => tellFamily(named.company, family, index));
  return named.households;
}

/** How many households {@link personaHouseholds} has; tells no lives. */
export const personaFamilyCount = (asOf: Day): number => nameAll(asOf).families.length;

/** The named people in the order of {@link personaHouseholds}. */
export function personas(asOf: Day): readonly Persona[] {
  const all = [...nameAll(asOf).company.values()];
  return all
    .filter(({ spec }) => spec.isListed !== false)
    .map(({ spec, draft }) => ({
      name: spec.name,
      personalId: draft.personalId,
      level: draft.account?.level ?? 0,
      note: spec.note,
    }));
}
