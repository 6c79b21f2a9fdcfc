import type { Address, Day, LifeEvent, Person, PopulationPlan } from '#db/population';
import { addYears, provenanceOf, recordIdOf } from '#kit';
import type { AddressColumns } from '../address.ts';
import type { residenceRegistrations } from '../tables.ts';

export type Residing = Extract<LifeEvent, { kind: 'RESIDED' }>;

/** Whether the event is a residence of that type that still lasts. */
export function isOpen(event: LifeEvent, type: Residing['type']): boolean {
  return event.kind === 'RESIDED' && event.type === type && event.to === null;
}

/** The address flat; today's unit only beside an address of the old scheme. */
export function addressColumnsOf({ line, unit, normalised, mappingStatus }: Address): AddressColumns {
  const today = unit.scheme === 'PRE_2025_07' ? normalised : null;
  return {
    line,
    scheme: unit.scheme,
    wardCode: unit.ward.code,
    wardName: unit.ward.name,
    districtName: unit.districtName,
    provinceCode: unit.province.code,
    provinceName: unit.province.name,
    mappingStatus,
    newWardCode: today?.ward.code ?? null,
    newWardName: today?.ward.name ?? null,
    newProvinceCode: today?.province.code ?? null,
    newProvinceName: today?.province.name ?? null,
  };
}

/** Residence is registered with the police of the ward (Law 68/2020/QH14 Art. 2): `Công an phường Bến Nghé`. */
export function authorityOf({ unit }: Address): string {
  const { name } = unit.ward;
  return `Công an ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** Temporary residence is for two years at most; what still stands was renewed each time (Law 68/2020/QH14 Art. 27). */
function termOf({ type, from, to }: Residing, asOf: Day): Day | null {
  if (type !== 'TEMPORARY') return null;
  const until = to ?? asOf;
  let term = addYears(from, 2);
  while (term < until) term = addYears(term, 2);
  return term;
}

const isStay = (event: Residing): boolean => event.type === 'STAY';

/** Registrations of a person in the order they happened; the open permanent one, else the temporary, is the household's. */
export function registrationRowsOf(
  person: Person,
  plan: PopulationPlan,
): (typeof residenceRegistrations.$inferInsert)[] {
  const { citizenId, events } = person;
  const home = events.some((event) => isOpen(event, 'PERMANENT')) ? 'PERMANENT' : 'TEMPORARY';
  const residing = events.filter((event) => event.kind === 'RESIDED').filter((event) => !isStay(event));
  const provenance = provenanceOf(person, 'residence', plan);
  return residing.map((event, order) => ({
    citizenId,
    id: recordIdOf(citizenId, 'registration', order),
    type: event.type,
    ...addressColumnsOf(event.address),
    isInHousehold: isOpen(event, home),
    registeredFrom: event.from,
    registeredTo: event.to,
    validUntil: termOf(event, plan.asOf),
    removalReason: event.removalReason,
    registeringAuthority: authorityOf(event.address),
    ...provenance,
  }));
}
