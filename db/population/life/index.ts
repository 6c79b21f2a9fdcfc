import type { Draft } from '../draft.ts';
import type { LifeEvent } from '../person.ts';
import { tellDocuments } from './documents.ts';
import { tellInsurance } from './insurance.ts';
import { tellLicences } from './licences.ts';
import { tellRepresentation } from './representation.ts';
import { tellResidence } from './residence.ts';
import { tellStudy } from './study.ts';
import { tellVehicles } from './vehicles.ts';
import { tellVisits } from './visits.ts';
import { tellBenefits, tellWork } from './work.ts';

/** Everything that happened to a person, topic by topic; health insurance knows the work, and visits the insurance. */
export function tellLife(draft: Draft, parents: readonly Draft[]): LifeEvent[] {
  const work = tellWork(draft);
  const insurance = tellInsurance(draft, work);
  return [
    ...tellResidence(draft),
    ...tellDocuments(draft),
    ...tellRepresentation(draft, parents),
    ...tellStudy(draft),
    ...work,
    ...tellBenefits(draft, work),
    ...insurance,
    ...tellLicences(draft),
    ...tellVehicles(draft),
    ...tellVisits(draft, insurance),
  ];
}
