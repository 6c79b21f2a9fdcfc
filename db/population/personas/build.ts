import { assemblePerson } from '../assemble.ts';
import { ageOn, dayText, parseDay, type DayNumber } from '../calendar.ts';
import { refOfDraft, type Draft } from '../draft.ts';
import { uuidOf } from '../identity.ts';
import { tellLife } from '../life/index.ts';
import type { Household, Person } from '../person.ts';
import { draftPersona, dwellingOf, type Cast } from './draft.ts';
import type { FamilySpec, Story } from './spec.ts';

/** Everybody, by name, before any event. */
export type Company = ReadonlyMap<string, Cast>;

/** Drafts all families; positions count through them, so a number changes only when somebody is put in before. */
export function draftCompany(families: readonly FamilySpec[], today: DayNumber): Company {
  const company = new Map<string, Cast>();
  for (const family of families) {
    for (const spec of family.members)
      company.set(spec.name, draftPersona(family, spec, company.size, today));
  }
  return company;
}

function find(company: Company, name: string): Draft {
  const cast = company.get(name);
  if (!cast) throw new RangeError('No persona has this name.');
  return cast.draft;
}

function tellPerson(company: Company, { spec, draft }: Cast): Person {
  const of = (name: string): Draft => find(company, name);
  const parents = [spec.father, spec.mother].filter((name) => name !== undefined).map(of);
  const isMinor = ageOn(draft.born, draft.today) < 18;
  const base = tellLife(draft, isMinor ? parents : []);
  const story: Story = { draft, base, of };
  const ref = (name: string | undefined) => (name === undefined ? null : refOfDraft(of(name)));
  const kin = { father: ref(spec.father), mother: ref(spec.mother), spouse: ref(spec.spouse) };
  const person = assemblePerson(draft, kin, spec.tell ? spec.tell(story) : base);
  return spec.person ? spec.person(person, story) : person;
}

/** The household of one family at its index. */
export function tellFamily(company: Company, family: FamilySpec, index: number): Household {
  return {
    index,
    householdId: uuidOf('household', family.members[0]?.name ?? '', index),
    bookNo: family.since < '2023-01-01' ? `9${String(index).padStart(8, '0')}` : null,
    dwelling: dwellingOf(family),
    members: family.members.map((spec, position) => ({
      person: tellPerson(company, company.get(spec.name)!),
      relationToHead: spec.relation ?? (position === 0 ? 'HEAD' : 'OTHER'),
      since: dayText(Math.max(parseDay(family.since), find(company, spec.name).born)),
    })),
  };
}
