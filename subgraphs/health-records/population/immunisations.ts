import { facilitiesOf, type Coded, type Facility, type LifeEvent, type Random } from '#db/population';
import { addDays } from '#kit';
import { healthImmunisations } from '../tables/index.ts';
import type { Entries } from './entries.ts';
import { schedule } from './vaccines.ts';

type Visited = Extract<LifeEvent, { kind: 'VISITED' }>;
type Dose = Pick<
  typeof healthImmunisations.$inferInsert,
  'vaccineCode' | 'dose' | 'givenOn' | 'programme' | 'nextDueOn'
>;

/** Doses of the national schedule that a child of under six had by a day, with the day of the next. */
export function scheduledDoses(bornOn: string, end: string): Dose[] {
  const due = schedule.map(([vaccineCode, dose, age]) => ({
    vaccineCode,
    dose,
    givenOn: addDays(bornOn, age),
  }));
  return due
    .filter(({ givenOn }) => givenOn <= end)
    .map((dose) => {
      const next = due.find((each) => each.vaccineCode === dose.vaccineCode && each.dose === dose.dose + 1);
      return { ...dose, programme: 'EXPANDED', nextDueOn: next?.givenOn ?? null };
    });
}

const campaignDay = '2021-10-01';

function campaignDoses({ bornOn, end }: Entries, random: Random): Dose[] {
  const givenOn = addDays(campaignDay, random.int(0, 120));
  if (givenOn > end || bornOn > '2009-01-01' || !random.chance(0.5)) return [];
  return [
    { vaccineCode: 'COVID-19', dose: random.int(1, 3), givenOn, programme: 'CAMPAIGN', nextDueOn: null },
  ];
}

const isPregnancy = (code: string): boolean => /^(O|Z32|Z34)/.test(code);

/** Tetanus in pregnancy tells of the pregnancy: it stands in the compartment. */
function pregnancyDoses({ person, end }: Entries): Dose[] {
  const visit = person.events.find(
    (event): event is Visited => event.kind === 'VISITED' && isPregnancy(event.mainDiagnosis.code),
  );
  if (!visit || visit.admittedAt.slice(0, 10) > end) return [];
  const givenOn = visit.admittedAt.slice(0, 10);
  return [{ vaccineCode: 'TT', dose: 1, givenOn, programme: 'PREGNANCY', nextDueOn: null }];
}

function stationOf(facility: Facility | undefined): Coded | null {
  return facility ? (facilitiesOf(facility.provinceCode).at(-1) ?? null) : null;
}

/** Doses of a person: the schedule of small children, a campaign, tetanus in pregnancy. */
export function addImmunisations(entries: Entries): void {
  const { person, end, random, add, head, age } = entries;
  const insured = person.events.find((event) => event.kind === 'INSURED');
  const station = stationOf(insured?.facility);
  const doses = [
    ...(age < 6 ? scheduledDoses(person.bornOn, end) : campaignDoses(entries, random)),
    ...pregnancyDoses(entries),
  ];
  doses.forEach((dose, index) => {
    const compartments = dose.programme === 'PREGNANCY' ? ['REPRODUCTIVE'] : [];
    const lotNumber = `L${random.digits(6)}`;
    add(healthImmunisations, {
      ...head(index + 1, compartments),
      ...dose,
      ...{ lotNumber, facilityCode: station?.code ?? null },
    });
  });
}
