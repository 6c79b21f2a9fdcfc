import { randomOf, type LifeEvent, type Person, type PopulationPlan } from '#db/population';
import {
  insuranceNumberOf,
  provenanceOf,
  recordedIdentityOf,
  recordIdOf,
  type AddRow,
  type AgencyPopulation,
} from '#kit';
import { baseLimitRows, planRows, rateRows } from '../catalogue.ts';
import { baseLimits, benefits, files, periods, plans, rates, referenceTables } from '../tables.ts';
import { tellPeriods, type Member } from './periods.ts';
import { spellsOf } from './spells.ts';

type Granted = Extract<LifeEvent, { kind: 'BENEFIT_GRANTED' }>;

function addReferenceRows(_: PopulationPlan, add: AddRow): void {
  for (const row of rateRows) add(rates, row);
  for (const row of baseLimitRows) add(baseLimits, row);
  for (const row of planRows) add(plans, row);
}

function benefitOf(event: Granted, { citizenId, seed, provenance }: Member): typeof benefits.$inferInsert {
  const { benefit, from, to, amount, monthly: isMonthly } = event;
  const decisionNo = `${randomOf(seed, citizenId, benefit, from).digits(5)}/QĐ-BHXH`;
  const id = recordIdOf(citizenId, 'benefit', benefit, from);
  const { asOf, integrationStatus } = provenance;
  return { citizenId, id, benefit, from, to, amount, isMonthly, decisionNo, asOf, integrationStatus };
}

function addPerson(person: Person, plan: PopulationPlan, add: AddRow): void {
  const { citizenId, events } = person;
  const spells = spellsOf(events.filter((event) => event.kind === 'EMPLOYED'));
  const granted = events.filter((event) => event.kind === 'BENEFIT_GRANTED');
  if (spells.length === 0 && granted.length === 0) return;
  const member = { citizenId, seed: plan.seed, provenance: provenanceOf(person, 'socialInsurance', plan) };
  const { personalId, fullName, dateOfBirth } = recordedIdentityOf(person, 'socialInsurance');
  const insuranceNumber = insuranceNumberOf(personalId);
  add(files, { citizenId, insuranceNumber, personalId, fullName, dateOfBirth, ...member.provenance });
  for (const spell of spells) tellPeriods(spell, member, (row) => add(periods, row));
  for (const event of granted) add(benefits, benefitOf(event, member));
}

export const population: AgencyPopulation = {
  tables: [...referenceTables, files, periods, benefits],
  addReferenceRows,
  addRows: ({ members }, plan, add) => {
    for (const { person } of members) addPerson(person, plan, add);
  },
};
