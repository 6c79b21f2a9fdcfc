import type { LifeEvent, Visit } from '#db/population';

type Insured = Extract<LifeEvent, { kind: 'INSURED' }>;

/** Facility 79001 of the catalogue. */
export const facility = { code: '79001', name: 'Bệnh viện Đa khoa', provinceCode: '79' };

/** A spell of cover; what is not given is an ordinary enterprise card of Ho Chi Minh City. */
export function insured(given: Partial<Insured> & Pick<Insured, 'from' | 'to'>): Insured {
  return { kind: 'INSURED', objectCode: 'DN', facility, status: 'ACTIVE', livingArea: null, ...given };
}

/** An insured stay in hospital. */
export function stay(day: string): Visit {
  return {
    kind: 'VISITED',
    admittedAt: `${day}T08:00:00+07:00`,
    dischargedAt: null,
    facility,
    department: { code: 'K03', name: 'Khoa Nội tổng hợp' },
    visitType: '03',
    mainDiagnosis: { code: 'J18.9', name: 'Viêm phổi' },
    otherDiagnoses: [],
    compartments: [],
    outcome: 1,
    insured: true,
  };
}
