import { fullNameOf, type Category, type Person } from '#db/population';

/** The current personal number. @throws Error for a person without one, whom no population has */
export function currentPersonalIdOf({ identifiers }: Person): string {
  const current = identifiers.find(({ type, validTo }) => type === 'PERSONAL_ID' && validTo === null);
  if (!current) throw new Error('A person of the population has no current personal number.');
  return current.value;
}

/** A person as the agency of a category wrote them down (names in NFC): what it wrote differently shows. */
export function recordedIdentityOf(person: Person, category: Category) {
  const recorded = person.recordedAs[category];
  return {
    personalId: currentPersonalIdOf(person),
    fullName: (recorded?.fullName ?? fullNameOf(person.name)).normalize('NFC'),
    dateOfBirth: recorded?.dateOfBirth ?? person.dateOfBirth,
    sex: person.sex,
  };
}

/** Two digits that no province has, by the century and sex digit of the personal number. */
const unassignedProvinces = ['97', '98', '99', '00', '03', '05', '07', '09', '13', '16'];
const modulus = 100_000_000;
/** Without a common divisor with the modulus, so different numbers stay different. */
const scatter = 61_803_399;

/**
 * The 10-digit insurance number (mã số BHXH) that both insurance agencies know a person by until 31/7/2025: one for
 * each personal number, never a real person's.
 */
export function insuranceNumberOf(personalId: string): string {
  const prefix = unassignedProvinces[Number(personalId[3])] ?? '97';
  return prefix + String((Number(personalId.slice(4)) * scatter) % modulus).padStart(8, '0');
}
