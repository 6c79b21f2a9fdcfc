import { addYears, dayText, parseDay, yearOf, type DayNumber } from '../calendar.ts';
import { CARS, MOTORCYCLES, PAINTS, TRUCKS, type Model } from '../catalogues/motor.ts';
import { chanceOf, provinceOf, type Draft } from '../draft.ts';
import type { LifeEvent, Vehicle } from '../person.ts';
import { plateOf } from '../plates.ts';
import type { Random } from '../random.ts';

type Registered = Extract<LifeEvent, { kind: 'VEHICLE_REGISTERED' }>;

const MODELS: Readonly<Record<Vehicle['type'], readonly Model[]>> = {
  CAR: CARS,
  MOTORCYCLE: MOTORCYCLES,
  TRUCK: TRUCKS,
};
const VIN = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
const EARLIEST = parseDay('2005-01-01');

const vinPart = (random: Random, count: number): string =>
  Array.from({ length: count }, () => VIN[random.int(0, VIN.length - 1)]).join('');

/** A vehicle made up to a year before its registration; `RL` is the region of Việt Nam in ISO 3779. */
export function drawVehicle(
  random: Random,
  type: Vehicle['type'],
  on: DayNumber,
  plateColour: Vehicle['plateColour'],
): Vehicle {
  const model = random.pick(MODELS[type]);
  return {
    type,
    plateColour,
    ...model,
    paintColour: random.pick(PAINTS),
    engineNo: `${model.brand.slice(0, 2)}${random.digits(7)}`,
    chassisNo: `RL${vinPart(random, 9)}${random.digits(6)}`,
    yearOfManufacture: yearOf(on) - (random.chance(0.3) ? 1 : 0),
  };
}

function tellOne(draft: Draft, random: Random, type: Vehicle['type']): Registered[] {
  const from = Math.max(addYears(draft.born, 18), EARLIEST);
  if (from >= draft.end || addYears(draft.born, 80) < draft.end) return [];
  const on = random.int(Math.max(from, draft.end - 4400), draft.end);
  const colour = type === 'TRUCK' || (type === 'CAR' && random.chance(0.06)) ? 'YELLOW_BLACK' : 'WHITE_BLACK';
  const plateNumber = plateOf(
    draft.seed,
    type === 'MOTORCYCLE' ? 'MOTORCYCLE' : 'CAR',
    draft.number,
    provinceOf(draft),
  );
  const status = random.weighted([
    ['ACTIVE', 97],
    ['TRANSFER_PENDING', 2],
    ['LOST', 1],
  ] as const);
  const vehicle = drawVehicle(random, type, on, colour);
  return [
    {
      kind: 'VEHICLE_REGISTERED',
      vehicle,
      plateNumber,
      on: dayText(on),
      disposedOn: null,
      disposal: null,
      status,
      previousOwner: null,
    },
  ];
}

/** At most one motorcycle and one car or small truck each. */
export function tellVehicles(draft: Draft): LifeEvent[] {
  const random = chanceOf(draft, 'vehicles');
  const ride = random.chance(0.6) ? tellOne(draft, random, 'MOTORCYCLE') : [];
  const drive = random.chance(0.13) ? tellOne(draft, random, random.chance(0.12) ? 'TRUCK' : 'CAR') : [];
  return [...ride, ...drive];
}
