import { drawAccount, drawPhone } from '../account.ts';
import { addYears, ageOn, dayText, parseDay, yearOf, type DayNumber } from '../calendar.ts';
import { ETHNICITIES, VIETNAM } from '../catalogues/peoples.ts';
import type { Draft } from '../draft.ts';
import { ORDINARY_SERIALS, personaCmnd, personalIdOf, uuidOf } from '../identity.ts';
import type { Account, Address, PersonName } from '../person.ts';
import { randomOf } from '../random.ts';
import { addressOf, newWard, NEW_SCHEME_FROM, oldWard, units } from '../units/units.ts';
import type { FamilySpec, Spec } from './spec.ts';

/** The named people are the same in every population. */
export const PERSONA_SEED = 20_260_701;

/** A persona before the events, with what was written down for them. */
export interface Cast {
  readonly spec: Spec;
  readonly draft: Draft;
}

/** Serials of the personas lie above those of ordinary citizens, and far apart. */
const serialOf = (position: number): number => ORDINARY_SERIALS + 101 + position * 137;

const dayOf = (day: string | DayNumber): DayNumber => (typeof day === 'number' ? day : parseDay(day));

/** The dwelling in the scheme of the day the family moved in. */
export function dwellingOf(family: FamilySpec): Address {
  const unit = family.since < NEW_SCHEME_FROM ? oldWard(family.ward) : newWard(family.ward);
  return addressOf(family.line, unit);
}

function accountOf(spec: Spec, position: number, born: DayNumber, end: DayNumber): Account | null {
  const level = spec.level ?? (ageOn(born, end) >= 14 ? 2 : 0);
  if (level === 0) return null;
  const random = randomOf(PERSONA_SEED, position, 'account');
  const drawn = drawAccount(random, born, end, spec.died !== undefined);
  const registeredOn = drawn?.registeredOn ?? dayText(Math.max(addYears(born, 6), end - 90));
  return { level, state: 'ACTIVE', lockCause: null, registeredOn, phone: drawPhone(random), ...spec.account };
}

function nameOf(spec: Spec): PersonName {
  const [surname, middle, given] = spec.called;
  return { surname, middle, given };
}

function maritalStatusOf(spec: Spec): Draft['maritalStatus'] {
  return spec.maritalStatus ?? (spec.spouse ? 'MARRIED' : 'SINGLE');
}

type Fixed =
  'nationality' | 'ethnicity' | 'religion' | 'bloodType' | 'otherNames' | 'isStudent' | 'isPoor' | 'seed';

/** What most personas have in common. */
const USUAL: Pick<Draft, Fixed> = {
  seed: PERSONA_SEED,
  otherNames: [],
  nationality: VIETNAM,
  ethnicity: ETHNICITIES[0]![0],
  religion: null,
  bloodType: 'O+',
  isStudent: false,
  isPoor: false,
};

type Placed = 'dwelling' | 'movedIn' | 'hasMoved' | 'birthUnit' | 'hometown';

/** Whoever came to the dwelling from elsewhere was born in some commune of Hà Nội. */
function placeOf(family: FamilySpec, position: number, born: DayNumber): Pick<Draft, Placed> {
  const dwelling = dwellingOf(family);
  const since = parseDay(family.since);
  const hasMoved = since > born;
  const elsewhere = units.oldWardsOf('01')[(position * 37) % 500];
  const birthUnit = hasMoved && elsewhere ? elsewhere : dwelling.unit;
  return { dwelling, movedIn: Math.max(since, born), hasMoved, birthUnit, hometown: birthUnit };
}

/** The person as everybody would be drafted, with what the specification fixes. */
export function draftPersona(family: FamilySpec, spec: Spec, position: number, today: DayNumber): Cast {
  const born = dayOf(spec.born);
  const end = spec.died ?? today;
  const draft: Draft = {
    ...USUAL,
    ...placeOf(family, position, born),
    ...{
      number: -1 - position,
      citizenId: uuidOf('citizen', spec.name, 0),
      persona: spec.isListed === false ? null : spec.name,
    },
    ...{ name: nameOf(spec), sex: spec.sex, born, died: spec.died ?? null, today, end },
    personalId: personalIdOf(spec.sex, yearOf(born), serialOf(position)),
    cmnd: personaCmnd(position),
    maritalStatus: maritalStatusOf(spec),
    career: spec.career ?? (ageOn(born, end) >= 18 ? 'ENTERPRISE' : 'NONE'),
    account: accountOf(spec, position, born, end),
  };
  return { spec, draft: spec.draft ? spec.draft(draft) : draft };
}
