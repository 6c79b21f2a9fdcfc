import { compartmentsOf, diagnosisOf, type Coded } from '#db/population';
import {
  healthAllergies,
  healthFamilyHistories,
  healthHistories,
  healthRiskFactors,
} from '../tables/index.ts';
import type { Entries } from './entries.ts';

const allergens = [
  ['DRUG', 'Penicilin', 'Mày đay, phù mạch', 'SEVERE'],
  ['DRUG', 'Ibuprofen', 'Ban đỏ', 'MILD'],
  ['FOOD', 'Tôm, cua', 'Ngứa, nổi mề đay', 'MODERATE'],
  ['FOOD', 'Sữa bò', 'Tiêu chảy, nổi ban', 'MODERATE'],
  ['CHEMICAL', 'Thuốc nhuộm tóc', 'Viêm da tiếp xúc', 'MILD'],
  ['OTHER', 'Phấn hoa', 'Hắt hơi, chảy mũi', 'MILD'],
] as const;

export function addAllergies({ random, add, head, openedOn }: Entries): void {
  if (!random.chance(0.06)) return;
  const [kind, substance, reaction, severity] = random.pick(allergens);
  add(healthAllergies, { ...head(1, []), kind, substance, reaction, severity, recordedOn: openedOn });
}

const chronic = /^(E1|E78|I1|I2|I5|J44|J45|B2|F[1-3]|Z21|D56|D66|Q9|M06|N18)/;

/** Long illnesses that the visits tell of, each once, with the labels of its code. */
function illnessesOf({ person }: Entries): { readonly diagnosis: Coded; readonly on: string }[] {
  const seen = new Map<string, { readonly diagnosis: Coded; readonly on: string }>();
  for (const event of person.events) {
    if (event.kind !== 'VISITED' || !chronic.test(event.mainDiagnosis.code)) continue;
    const on = event.admittedAt.slice(0, 10);
    const known = seen.get(event.mainDiagnosis.code);
    if (!known || on < known.on) seen.set(event.mainDiagnosis.code, { diagnosis: event.mainDiagnosis, on });
  }
  return [...seen.values()];
}

const operations = ['Cắt ruột thừa', 'Kết hợp xương cẳng tay', 'Mổ thoát vị bẹn'] as const;

export function addHistory(entries: Entries): void {
  const { add, head, random, age, openedOn } = entries;
  const illnesses = illnessesOf(entries);
  illnesses.forEach(({ diagnosis, on }, index) => {
    add(healthHistories, {
      ...head(index + 1, [...compartmentsOf(diagnosis.code)]),
      kind: 'DISEASE',
      diagnosisCode: diagnosis.code,
      text: diagnosis.name,
      ...{ since: on.slice(0, 7), isResolved: false, recordedOn: on },
    });
  });
  if (age < 20 || !random.chance(0.08)) return;
  const since = String(Number(openedOn.slice(0, 4)) - random.int(1, 15));
  const text = random.pick(operations);
  const surgery = { kind: 'SURGERY', text, since, isResolved: true, recordedOn: openedOn };
  add(healthHistories, { ...head(illnesses.length + 1, []), ...surgery });
}

const hereditary = ['D56.1', 'Q90.9', 'D66'] as const;
const familial = ['I10', 'E11.9', 'J45.9'] as const;

/** What runs in a family says something of the citizen's genes: hereditary diseases are labelled so. */
export function addFamilyHistory({ random, add, head, openedOn }: Entries): void {
  if (!random.chance(0.08)) return;
  const isHereditary = random.chance(0.2);
  const { code, name } = diagnosisOf(random.pick(isHereditary ? hereditary : familial));
  const labels = new Set<string>(compartmentsOf(code));
  if (isHereditary) labels.add('GENETIC');
  add(healthFamilyHistories, {
    ...head(1, [...labels]),
    kind: 'DISEASE',
    relation: random.pick(['PARENT', 'GRANDPARENT', 'SIBLING']),
    diagnosisCode: code,
    ...{ text: name, recordedOn: openedOn },
  });
}

function habitsOf({ person, age, random }: Entries) {
  if (age < 18) return [];
  const isMan = person.sex === 'MALE';
  const isAddicted = person.events.some(
    (event) => event.kind === 'VISITED' && /^F1/.test(event.mainDiagnosis.code),
  );
  return [
    ...(random.chance(isMan ? 0.3 : 0.02)
      ? [{ kind: 'SMOKING', amount: '10 điếu mỗi ngày', labels: [] }]
      : []),
    ...(random.chance(isMan ? 0.2 : 0.03)
      ? [{ kind: 'ALCOHOL', amount: '2 cốc mỗi ngày', labels: ['SUBSTANCE'] }]
      : []),
    ...(isAddicted ? [{ kind: 'DRUG_USE', amount: null, labels: ['SUBSTANCE'] }] : []),
  ];
}

/** Habits that endanger health; alcohol and drugs stand in their compartment. */
export function addRiskFactors(entries: Entries): void {
  const { add, head, openedOn } = entries;
  habitsOf(entries).forEach(({ kind, amount, labels }, index) => {
    add(healthRiskFactors, {
      ...head(index + 1, labels),
      kind,
      level: 'REGULAR',
      amount,
      recordedOn: openedOn,
    });
  });
}
