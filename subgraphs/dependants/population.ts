import type { Household, LifeEvent, Person, PopulationPlan } from '#db/population';
import {
  provenanceOf,
  recordedIdentityOf,
  representationRecordOf,
  type AddRow,
  type AgencyPopulation,
} from '#kit';
import { dependants, notices, representatives } from './tables.ts';

type Represented = Extract<LifeEvent, { kind: 'REPRESENTED' }>;

/** The national population database answers since this day. */
const npdOpenedOn = '2021-07-01';

const isWholeDay = (day: string): boolean => day.length === 10;

function verifiedAtOf(event: Represented, integrationStatus: string, plan: PopulationPlan): Date | null {
  const day = event.from > npdOpenedOn ? event.from : npdOpenedOn;
  const isUnconfirmed = ['PENDING', 'MISMATCH', 'NOT_FOUND'].includes(integrationStatus);
  return isUnconfirmed || day > plan.asOf ? null : new Date(`${day}T09:00:00+07:00`);
}

/** A cognitive ward's guardian has the rights the court gave (Civil Code 2015, Article 57(2)). */
const decidedScopeOf = ({ relation }: Represented): string[] | null =>
  relation === 'WARD_ADULT_COGNITIVE' ? ['CIVIL_TRANSACTIONS', 'PROPERTY', 'LEGAL_PROTECTION'] : null;

function linkOf(person: Person, guardian: Person | undefined, event: Represented) {
  const { dateOfBirth } = recordedIdentityOf(person, 'dependants');
  return {
    ...representationRecordOf(person, guardian, event),
    bornOn: isWholeDay(dateOfBirth) ? dateOfBirth : person.bornOn,
    documentNo: event.documentNo,
    registeredBy: event.registeredBy,
    decidedScope: decidedScopeOf(event),
  };
}

/** A guardian of another household is known only by reference; their entry has the status of the dependant's own. */
function guardianProvenanceOf(person: Person, guardian: Person | undefined, plan: PopulationPlan) {
  if (guardian) return provenanceOf(guardian, 'dependants', plan);
  const integrationStatus = person.integration.dependants ?? 'INTEGRATED';
  return { ...provenanceOf(person, 'dependants', plan), integrationStatus };
}

/** One fact, two rows: each citizen's data lies with that citizen. */
function addLink(
  person: Person,
  event: Represented,
  household: Household,
  plan: PopulationPlan,
  add: AddRow,
) {
  const guardianId = event.guardian.citizenId;
  const guardian = household.members.find((member) => member.person.citizenId === guardianId)?.person;
  const link = linkOf(person, guardian, event);
  const held = guardianProvenanceOf(person, guardian, plan);
  const verifiedAt = verifiedAtOf(event, held.integrationStatus, plan);
  const { citizenId } = person;
  const guardianName = event.guardian.fullName.normalize('NFC');
  add(dependants, { citizenId: guardianId, dependantId: citizenId, ...link, verifiedAt, ...held });
  const own = provenanceOf(person, 'dependants', plan);
  add(representatives, { citizenId, guardianName, ...link, verifiedAt, ...own });
}

export const population: AgencyPopulation = {
  tables: [dependants, representatives, notices],
  addRows: (household, plan, add) => {
    for (const { person } of household.members) {
      for (const event of person.events) {
        if (event.kind === 'REPRESENTED') addLink(person, event, household, plan, add);
      }
    }
  },
};
