import type { LifeEvent } from '#db/population';

type Employed = Extract<LifeEvent, { kind: 'EMPLOYED' }>;
type Granted = Extract<LifeEvent, { kind: 'BENEFIT_GRANTED' }>;

export const company = { code: 'TN790001Z', name: 'Công ty TNHH May mặc Hồ Chí Minh', provinceCode: '79' };
export const ministry = { code: 'HC010001Z', name: 'Sở Y tế Hà Nội', provinceCode: '01' };

/** A spell of work; what is not given is ordinary work in a company. */
export function employed(from: string, to: string | null, given: Partial<Employed> = {}): Employed {
  const job = { jobTitle: 'Kế toán', hazardous: false, salaryBase: 9_000_000, payment: 'PAID' } as const;
  return { kind: 'EMPLOYED', from, to, employer: company, ...job, ...given };
}

/** A benefit; what is not given is a sickness allowance. */
export function granted(from: string, to: string | null, given: Partial<Granted> = {}): Granted {
  return {
    kind: 'BENEFIT_GRANTED',
    benefit: 'SICKNESS',
    from,
    to,
    amount: 1_500_000,
    monthly: false,
    ...given,
  };
}
