import { addYears, dayText, type DayNumber } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import type { LifeEvent } from '../person.ts';
import { addressOf, newWard, NEW_SCHEME_FROM, oldWard } from '../units/units.ts';
import { cover, deduction, employed, licence, vehicle, visits } from './events.ts';
import { without, type Story } from './spec.ts';

/** A stay of three days, for work. */
function stay(ward: string, line: string, from: DayNumber): LifeEvent {
  const unit = dayText(from) < NEW_SCHEME_FROM ? oldWard(ward) : newWard(ward);
  return {
    kind: 'RESIDED',
    type: 'STAY',
    address: addressOf(line, unit),
    from: dayText(from),
    to: dayText(from + 3),
    removalReason: null,
    reason: 'Công tác',
    hostName: 'Khách sạn Bến Thành',
  };
}

/** Where somebody lives now beside the permanent address. */
const abode = (draft: Draft): LifeEvent => ({
  kind: 'RESIDED',
  type: 'CURRENT_ABODE',
  address: draft.dwelling,
  from: dayText(draft.end - 100),
  to: null,
  removalReason: null,
  reason: null,
  hostName: null,
});

const tellMotor = (draft: Draft): LifeEvent[] => {
  const car = licence(draft, 'CAR', addYears(draft.end, -6), 2);
  const serial = draft.personalId.slice(-2);
  return [
    licence(draft, 'MOTORCYCLE', '2012-06-18'),
    car,
    deduction(draft, car, 2, 95),
    deduction(draft, car, 4, 40),
    vehicle(draft, 'MOTORCYCLE', 2900, `44-AB 123.${serial}`),
    vehicle(draft, 'CAR', 900, `44AB-123.${serial}`),
  ];
};

const VISITS = [
  [1500, 'J20.9'],
  [1100, 'K29.7'],
  [600, 'M54.5'],
  [300, 'I10'],
  [120, 'E11.9'],
  [20, 'I10'],
] as const;

/** Every category with several rows, put down by hand beside what the ordinary life tells of residence and documents. */
export function tellFull({ draft, base }: Story): LifeEvent[] {
  const insured = [cover(draft, 'DN', -2200, -801, 'EXPIRED'), cover(draft, 'DN', -800, 120)];
  return [
    ...base.filter((event) => event.kind === 'RESIDED' || event.kind === 'DOCUMENT_ISSUED'),
    ...insured,
    employed(draft, 150, 76),
    employed(draft, 75, 28),
    employed(draft, 27, null),
    {
      kind: 'BENEFIT_GRANTED',
      benefit: 'SICKNESS',
      from: dayText(draft.end - 300),
      to: dayText(draft.end - 296),
      amount: 1_350_000,
      monthly: false,
    },
    stay('26740', 'Số 8 đường Lê Lợi', draft.end - 400),
    abode(draft),
    ...tellMotor(draft),
    ...visits(draft, insured, VISITS),
  ];
}

/** A pupil's insurance and visits put down by hand. */
export function tellChild({ draft, base }: Story): LifeEvent[] {
  const insured = [cover(draft, 'HS', -300, 65)];
  return [
    ...without(base, 'INSURED', 'VISITED'),
    ...insured,
    ...visits(draft, insured, [
      [200, 'J02.9'],
      [60, 'Z00.1'],
    ]),
  ];
}

/** A child of six, insured as one under six until the end of the school year's first month. */
export function tellSixth({ draft, base }: Story): LifeEvent[] {
  const insured = base.filter((event) => event.kind === 'INSURED');
  return [
    ...without(base, 'VISITED'),
    ...visits(draft, insured, [
      [200, 'J02.9'],
      [100, 'Z00.1'],
    ]),
  ];
}
