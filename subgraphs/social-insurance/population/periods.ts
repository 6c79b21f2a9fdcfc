import { randomOf, units, type Random } from '#db/population';
import { recordIdOf, type provenanceOf } from '#kit';
import type { periods } from '../tables.ts';
import type { Employed, Spell } from './spells.ts';

type Period = typeof periods.$inferInsert;

/** Whose period it is and where its record stands. */
export interface Member {
  readonly citizenId: string;
  readonly seed: number;
  readonly provenance: ReturnType<typeof provenanceOf>;
}

interface Scheme {
  readonly name: string;
  /** First digit of the record ids: of one month, the higher comes first. */
  readonly rank: string;
  readonly since: string;
  /** What a spell's payment means in this scheme, where that differs. */
  readonly payments: Partial<Record<Employed['payment'], string>>;
}

const compulsory: readonly Scheme[] = [
  { name: 'SI_COMPULSORY', rank: 'f', since: '1995-01', payments: {} },
  { name: 'UNEMPLOYMENT', rank: 'e', since: '2009-01', payments: { WITHDRAWN: 'PAID' } },
  { name: 'OCC_ACCIDENT', rank: 'd', since: '2016-07', payments: { WITHDRAWN: 'PAID', RESERVED: 'PAID' } },
  { name: 'HEALTH', rank: 'c', since: '1995-01', payments: { WITHDRAWN: 'PAID', RESERVED: 'PAID' } },
];
const voluntary: readonly Scheme[] = [{ name: 'SI_VOLUNTARY', rank: 'f', since: '2008-01', payments: {} }];

let provinces: ReadonlyMap<string, string> | undefined;

function provinceNameOf(code: string | undefined): string | null {
  provinces ??= new Map(units.oldProvinces.map((province) => [province.code, province.name]));
  return (code !== undefined && provinces.get(code)) || null;
}

const isOfState = (employer: Employed['employer']): boolean => employer?.code.startsWith('HC') ?? false;

/** A part of the base, in whole thousands, or none. */
function drawAllowance(random: Random, chance: number, salaryBase: number): number | null {
  return random.chance(chance) ? Math.round((salaryBase * random.int(3, 15)) / 100_000) * 1000 : null;
}

function hazardOf(event: Employed, random: Random): string {
  if (!event.hazardous) return 'NORMAL';
  return random.chance(0.12) ? 'EXTREMELY_HAZARDOUS' : 'HAZARDOUS';
}

/** What the periods of a spell have in common; the rest is of its first scheme. */
function baseOf(spell: Spell, { citizenId, seed, provenance }: Member): Period {
  const { event, from } = spell;
  const { employer, salaryBase } = event;
  const random = randomOf(seed, citizenId, 'period', from);
  const isState = isOfState(employer);
  return {
    citizenId,
    id: recordIdOf(citizenId, 'period', from),
    scheme: 'SI_COMPULSORY',
    fromMonth: from,
    toMonth: spell.to,
    employerCode: employer?.code ?? null,
    employerName: employer?.name ?? null,
    employerProvinceCode: employer?.provinceCode ?? null,
    jobTitle: event.jobTitle,
    hazardLevel: hazardOf(event, random),
    workplace: provinceNameOf(employer?.provinceCode),
    salaryBase,
    positionAllowance: isState ? drawAllowance(random, 0.15, salaryBase) : null,
    seniorityAllowance: isState ? drawAllowance(random, 0.5, salaryBase) : null,
    supplement: employer && !isState ? drawAllowance(random, 0.4, salaryBase) : null,
    paymentStatus: event.payment,
    planCode: spell.planCode,
    endPlanCode: spell.endPlanCode,
    asOf: provenance.asOf,
    integrationStatus: provenance.integrationStatus,
  };
}

/** Gives `take` the periods of a spell: one for each scheme that there was at the time. */
export function tellPeriods(spell: Spell, member: Member, take: (period: Period) => void): void {
  const { event, from, to } = spell;
  const base = baseOf(spell, member);
  for (const scheme of event.employer ? compulsory : voluntary) {
    if (to !== null && to < scheme.since) continue;
    const id = scheme.rank + base.id.slice(1);
    const fromMonth = from > scheme.since ? from : scheme.since;
    const paymentStatus = scheme.payments[event.payment] ?? event.payment;
    take({ ...base, id, scheme: scheme.name, fromMonth, paymentStatus });
  }
}
