import { addYears, dayText, parseDay, type DayNumber } from '../calendar.ts';
import { ageOf, chanceOf, type Draft } from '../draft.ts';
import type { Address, LifeEvent, Unit } from '../person.ts';
import type { Random } from '../random.ts';
import { addressOf, mapUnit, NEW_SCHEME_FROM, units } from '../units/units.ts';

type Residence = Extract<LifeEvent, { kind: 'RESIDED' }>;

const NEW_SCHEME = parseDay(NEW_SCHEME_FROM);
const STREETS = [
  'Lê Lợi',
  'Trần Hưng Đạo',
  'Nguyễn Trãi',
  'Hai Bà Trưng',
  'Lý Thường Kiệt',
  'Quang Trung',
  'Nguyễn Huệ',
  'Phan Chu Trinh',
  'Điện Biên Phủ',
  'Võ Thị Sáu',
  'Hùng Vương',
  'Ngô Quyền',
  'Lê Hồng Phong',
  'Nguyễn Văn Cừ',
  'Trường Chinh',
];
const REASONS = ['Thăm thân', 'Du lịch', 'Công tác', 'Khám, chữa bệnh', 'Học tập'];

/** The line below the unit: house and street in a ward, hamlet in a commune. */
export function drawLine(random: Random, unit: Unit): string {
  if (/^(Phường|Thị trấn)/.test(unit.ward.name))
    return `Số ${random.int(1, 420)} đường ${random.pick(STREETS)}`;
  return `${random.chance(0.5) ? 'Thôn' : 'Xóm'} ${random.int(1, 15)}`;
}

/** A ward as it was called on the day: the new one for addresses registered since 1/7/2025. */
export function unitOn(old: Unit, day: DayNumber): Unit {
  return day < NEW_SCHEME ? old : (mapUnit(old.ward.code).normalised ?? old);
}

/** An address in an old ward, told in the scheme of the day. */
export function drawAddress(random: Random, old: Unit, day: DayNumber): Address {
  const unit = unitOn(old, day);
  return addressOf(drawLine(random, unit), unit);
}

const spell = (
  type: Residence['type'],
  address: Address,
  from: DayNumber,
  to: DayNumber | null,
  removalReason: Residence['removalReason'] = null,
): Residence => ({
  kind: 'RESIDED',
  type,
  address,
  from: dayText(from),
  to: to === null ? null : dayText(to),
  removalReason,
  reason: null,
  hostName: null,
});

function tellPermanent(draft: Draft, random: Random): Residence[] {
  const registered = Math.min(draft.movedIn + (draft.hasMoved ? 0 : random.int(5, 45)), draft.end);
  const now = spell('PERMANENT', draft.dwelling, registered, draft.died, draft.died === null ? null : 'DIED');
  if (!draft.hasMoved || !draft.birthUnit) return [now];
  const before = addressOf(drawLine(random, draft.birthUnit), draft.birthUnit);
  return [spell('PERMANENT', before, draft.born, registered, 'REGISTERED_ELSEWHERE'), now];
}

function tellTemporary(draft: Draft, random: Random): Residence[] {
  const age = ageOf(draft);
  if (age < 18 || age > 45 || !random.chance(0.15)) return [];
  const from = draft.end - random.int(20, 900);
  if (from <= draft.movedIn) return [];
  const until = addYears(from, 2);
  const address = drawAddress(random, random.pick(units.oldWards), from);
  return [
    spell(
      'TEMPORARY',
      address,
      from,
      until <= draft.end ? until : null,
      until <= draft.end ? 'REGISTERED_ELSEWHERE' : null,
    ),
  ];
}

function tellStay(draft: Draft, random: Random): Residence[] {
  if (!random.chance(0.12)) return [];
  const from = draft.end - random.int(35, 700);
  if (from <= Math.max(draft.movedIn, draft.born)) return [];
  const address = drawAddress(random, random.pick(units.oldWards), from);
  const hostName = random.pick([
    'Khách sạn Hoa Sen',
    'Nhà nghỉ Bình Minh',
    'Trần Văn Hòa',
    'Nguyễn Thị Lan',
    'Lê Minh Tâm',
  ]);
  return [
    { ...spell('STAY', address, from, from + random.int(1, 20)), reason: random.pick(REASONS), hostName },
  ];
}

/** Permanent residence from birth, temporary residence and stays (Law 68/2020/QH14). One permanent residence at a time. */
export function tellResidence(draft: Draft): LifeEvent[] {
  const random = chanceOf(draft, 'residence');
  return [...tellPermanent(draft, random), ...tellTemporary(draft, random), ...tellStay(draft, random)];
}
