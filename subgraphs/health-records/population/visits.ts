import {
  compartmentsOf,
  randomOf,
  type Person,
  type PopulationPlan,
  type Random,
  type Visit,
} from '#db/population';
import { addDays, daysBetween, provenanceOf, recordIdOf, type AddRow } from '#kit';
import { visits } from '../tables/index.ts';
import { benefitRateOf } from './coverage.ts';
import { addItems } from './items.ts';
import { addPapers, type Papered } from './papers.ts';
import { regimenFor } from './regimens.ts';
import { rowOf } from './visit-row.ts';
import { createSheets, type Recorded, type RecordOn } from './sheets.ts';

/** What the visits of one person have in common. */
interface Story {
  readonly person: Person;
  readonly random: Random;
  readonly recordOn: RecordOn;
  readonly provenance: ReturnType<typeof provenanceOf>;
  readonly add: AddRow;
  /** Number of the visit, from 1, among those of its instant and compartments. */
  readonly count: (visit: Visit, compartments: readonly string[]) => number;
}

const inpatientTypes: ReadonlySet<string> = new Set(['03', '04', '09']);

/** The labels of the visit and of every row below it: as told, and whatever the law says of any of its diagnoses. */
export function labelsOf({ compartments, mainDiagnosis, otherDiagnoses }: Visit): string[] {
  const labels = new Set<string>(compartments);
  for (const label of compartmentsOf(mainDiagnosis.code)) labels.add(label);
  for (const { code } of otherDiagnoses) for (const label of compartmentsOf(code)) labels.add(label);
  return [...labels].sort();
}

/**
 * An opaque id that begins with the time (RFC 9562, version 8): visits of one day sort by their hour. It says nothing of
 * other visits: `path` may not hold the visit's number in the record, which could be found out by trying.
 */
export function visitIdOf(
  citizenId: string,
  admittedAt: Date,
  ...path: readonly (string | number)[]
): string {
  const time = Math.max(0, admittedAt.getTime()).toString(16).padStart(12, '0');
  const end = recordIdOf(citizenId, 'visit', admittedAt.getTime(), ...path).slice(13);
  return `${time.slice(0, 8)}-${time.slice(8)}${end}`;
}

/** Counts the visits of one instant, each set of compartments by itself. */
function createCount(): Story['count'] {
  const counts = new Map<string, number>();
  return ({ admittedAt }, compartments) => {
    const name = `${admittedAt}/${compartments.join()}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
}

function referralOf({ facility, visitType }: Visit, random: Random): string | null {
  const general = `${facility.provinceCode}001`;
  return facility.code !== general && visitType !== '07' && random.chance(0.02) ? general : null;
}

function stayOf(story: Story, visit: Visit, compartments: string[], { spell }: Recorded): Papered {
  const { person, random, add } = story;
  const admittedAt = new Date(visit.admittedAt);
  const admittedOn = visit.admittedAt.slice(0, 10);
  const dischargedOn = visit.dischargedAt?.slice(0, 10) ?? null;
  const isInpatient = inpatientTypes.has(visit.visitType);
  const { citizenId } = person;
  const number = story.count(visit, compartments);
  const visitId = visitIdOf(citizenId, admittedAt, compartments.join(), number);
  return {
    person,
    visit,
    random,
    add,
    spell,
    admittedAt,
    admittedOn,
    dischargedOn,
    isInpatient,
    key: { citizenId, visitId, compartments },
    regimen: regimenFor(visit.mainDiagnosis.code),
    days: isInpatient ? Math.max(1, daysBetween(admittedOn, dischargedOn ?? admittedOn)) : 1,
    benefitRate: spell ? benefitRateOf(spell) : 0,
    orderedAt: new Date(admittedAt.getTime() + 20 * 60_000),
    practitionerCode: `${random.digits(6)}/BYT-CCHN`,
    headPractitionerCode: `${visit.facility.code}01`,
    referredToCode: referralOf(visit, random),
    reExaminationOn: visit.visitType === '05' ? addDays(dischargedOn ?? admittedOn, 28) : null,
  };
}

function addVisit(story: Story, visit: Visit): void {
  const compartments = labelsOf(visit);
  const recorded = story.recordOn(visit, visit.admittedAt.slice(0, 10), compartments);
  const papered = stayOf(story, visit, compartments, recorded);
  const totals = addItems(papered);
  story.add(visits, rowOf(papered, totals, recorded.sheetNumber, story.provenance));
  addPapers(papered);
}

/** Every visit of a person with all that is below it. */
export function addVisits(person: Person, plan: PopulationPlan, add: AddRow): void {
  const random = randomOf(plan.seed, person.citizenId, 'visits');
  const provenance = provenanceOf(person, 'healthRecords', plan);
  const recordOn = createSheets(person, add);
  const story = { person, random, add, provenance, recordOn, count: createCount() };
  for (const event of person.events) if (event.kind === 'VISITED') addVisit(story, event);
}
