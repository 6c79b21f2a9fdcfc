import { describe, expect, it } from 'vitest';
import { addYears, ageOn, dayText, parseDay } from '../../../db/population/calendar.ts';
import {
  fullNameOf,
  householdCount,
  households,
  personaHouseholds,
  personas,
  refOf,
  type LifeEvent,
  type Person,
} from '#db/population';

const asOf = '2026-11-21';
const peopleOf = (day: string): Person[] =>
  personaHouseholds(day).flatMap((household) => household.members.map(({ person }) => person));
const named = (name: string, day = asOf): Person => {
  const person = peopleOf(day).find((item) => item.persona === name);
  if (!person) throw new Error(`There is no persona ${name}.`);
  return person;
};
const of = <Kind extends LifeEvent['kind']>(person: Person, kind: Kind) =>
  person.events.filter((event): event is Extract<LifeEvent, { kind: Kind }> => event.kind === kind);
const ageAt = (person: Person, day: string): number => ageOn(parseDay(person.bornOn), parseDay(day));
/** The wards of a guardian today, whatever their age. */
const represented = (guardian: string): string[] =>
  peopleOf(asOf)
    .filter((person) =>
      of(person, 'REPRESENTED').some(
        (event) => event.to === null && event.guardian.citizenId === named(guardian).citizenId,
      ),
    )
    .map((person) => person.persona ?? '');

describe('the list of personas', () => {
  it('has at least 30 with distinct kebab-case names, numbers and a sentence each', () => {
    const list = personas(asOf);
    expect(list.length).toBeGreaterThanOrEqual(30);
    expect(new Set(list.map((item) => item.name)).size).toBe(list.length);
    expect(new Set(list.map((item) => item.personalId)).size).toBe(list.length);
    for (const { name, personalId, note } of list) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(personalId).toMatch(/^099\d{9}$/);
      expect(note).toMatch(/^[A-Z].{20,200}\.$/);
    }
  });

  it('names the people of the households, in order, with number and level', () => {
    const listed = peopleOf(asOf).filter(({ persona }) => persona !== null);
    expect(personas(asOf).map(({ name, personalId, level }) => ({ name, personalId, level }))).toEqual(
      listed.map((person) => ({
        name: person.persona,
        personalId: refOf(person).personalId,
        level: person.account?.level ?? 0,
      })),
    );
  });

  it('is the beginning of every population and depends on neither seed nor size', () => {
    for (const plan of [
      { seed: 1, citizens: 0, asOf },
      { seed: 99, citizens: 500, asOf },
    ]) {
      const first = [...households(plan, { from: 0, to: personaHouseholds(asOf).length })];
      expect(first).toEqual(personaHouseholds(asOf));
    }
    expect(householdCount({ seed: 3, citizens: 0, asOf })).toBe(personaHouseholds(asOf).length);
  });

  it('changes with the day only where an age defines somebody', () => {
    const later = new Map(personas('2028-03-01').map((item) => [item.name, item.personalId]));
    const moved = personas(asOf)
      .filter((item) => later.get(item.name) !== item.personalId)
      .map((item) => item.name);
    expect(moved.sort()).toEqual([
      'centenarian',
      'child-13-364-days',
      'child-14-today',
      'child-6',
      'child-of-separated',
      'newborn',
      'orphan',
      'teenager-16',
    ]);
  });

  it('fills all eight categories for the first and for the stranger, several times', () => {
    for (const name of ['nguyen-van-an', 'stranger']) {
      const person = named(name);
      expect(person.account?.level).toBe(2);
      for (const kind of [
        'RESIDED',
        'DOCUMENT_ISSUED',
        'LICENSED',
        'VEHICLE_REGISTERED',
        'INSURED',
        'EMPLOYED',
        'VISITED',
      ] as const) {
        expect(of(person, kind).length, `${name} ${kind}`).toBeGreaterThanOrEqual(2);
      }
      expect(of(person, 'DOCUMENT_ISSUED').some((event) => event.status === 'VALID')).toBe(true);
      expect(represented(name).length).toBeGreaterThanOrEqual(1);
    }
    expect(personas(asOf)[0]?.name).toBe('nguyen-van-an');
  });

  it('keeps the stranger apart from everybody but the own child', () => {
    const home = personaHouseholds(asOf).find(({ members }) =>
      members.some(({ person }) => person.persona === 'stranger'),
    );
    const ids = new Set(home?.members.map(({ person }) => person.citizenId));
    const refs = (person: Person) =>
      [
        person.father,
        person.mother,
        person.spouse,
        ...of(person, 'REPRESENTED').map((event) => event.guardian),
      ].filter((ref) => ref !== null);
    for (const person of peopleOf(asOf)) {
      const isOwn = ids.has(person.citizenId);
      for (const ref of refs(person)) expect(ids.has(ref.citizenId)).toBe(isOwn);
    }
  });
});

describe.each(['2025-07-02', '2026-02-28', asOf, '2027-03-01', '2030-12-31'])('personas as of %s', (day) => {
  it('have the ages their names say', () => {
    const tomorrow = dayText(parseDay(day) + 1);
    expect(ageAt(named('child-6', day), day)).toBe(6);
    expect([
      ageAt(named('child-13-364-days', day), day),
      ageAt(named('child-13-364-days', day), tomorrow),
    ]).toEqual([13, 14]);
    expect([ageAt(named('child-14-today', day), day), named('child-14-today', day).bornOn]).toEqual([
      14,
      dayText(addYears(parseDay(day), -14)),
    ]);
    expect(ageAt(named('teenager-16', day), day)).toBe(16);
    expect(ageAt(named('newborn', day), day)).toBe(0);
  });

  it('tell nothing after the day', () => {
    for (const person of peopleOf(day)) {
      for (const event of person.events) {
        if ('on' in event) expect(event.on <= day, `${person.persona} ${event.kind}`).toBe(true);
        if (event.kind === 'VISITED') expect(event.admittedAt.slice(0, 10) <= day).toBe(true);
        else if ('from' in event) expect(event.from <= day, `${person.persona} ${event.kind}`).toBe(true);
      }
    }
  });
});

describe('the edges', () => {
  it('of representation', () => {
    expect(represented('nguyen-van-an').sort()).toEqual(['child-13-364-days', 'child-6']);
    expect(represented('court-guardian')).toEqual(['ward-adult']);
    expect(represented('chosen-guardian')).toEqual(['ward-cognitive']);
    expect(represented('grandmother-guardian')).toEqual(['orphan']);
    expect(represented('separated-mother')).toEqual(['child-of-separated']);
    expect(represented('separated-father')).toEqual([]);
    expect(of(named('child-of-separated'), 'REPRESENTED')).toHaveLength(2);
  });

  it('of addresses', () => {
    const permanent = (name: string) =>
      of(named(name), 'RESIDED').find((event) => event.type === 'PERMANENT' && event.to === null)?.address;
    expect(permanent('merged-province')).toMatchObject({
      unit: { scheme: 'PRE_2025_07', province: { name: 'Tỉnh Bình Dương' } },
      normalised: { province: { code: '79' } },
      mappingStatus: 'EXACT',
    });
    expect(permanent('ambiguous-ward')).toMatchObject({ normalised: null, mappingStatus: 'SPLIT_AMBIGUOUS' });
    expect(permanent('unmapped-ward')).toMatchObject({ normalised: null, mappingStatus: 'UNMAPPED' });
    expect(
      of(named('temporary-resident'), 'RESIDED')
        .map((event) => event.type)
        .sort(),
    ).toEqual(['CURRENT_ABODE', 'PERMANENT', 'PERMANENT', 'TEMPORARY', 'TEMPORARY_ABSENCE']);
  });

  it('of identity', () => {
    expect(named('cancelled-id').identifiers.map((item) => item.type)).toContain('CANCELLED_PERSONAL_ID');
    expect(named('year-only-birth').dateOfBirth).toBe('1938');
    expect(named('sex-digit-mismatch')).toMatchObject({ sex: 'FEMALE' });
    expect(refOf(named('sex-digit-mismatch')).personalId[3]).toBe('0');
    expect(named('foreigner')).toMatchObject({
      nationality: { code: 'JP' },
      hometown: null,
      placeOfBirthRegistration: null,
    });
    expect(
      named('foreigner')
        .identifiers.map((item) => item.type)
        .sort(),
    ).toEqual(['FOREIGNER_ID', 'PASSPORT', 'PERSONAL_ID']);
    expect(named('deceased')).toMatchObject({
      lifeStatus: 'DECEASED',
      account: { state: 'LOCKED', lockCause: 'DEATH' },
    });
    expect(named('missing-person').lifeStatus).toBe('MISSING');
    expect(named('locked-account').account).toMatchObject({
      level: 2,
      state: 'LOCKED',
      lockCause: 'OWN_REQUEST',
    });
    expect([named('level-1-only').account?.level, named('no-account').account]).toEqual([1, null]);
    expect(of(named('lost-card'), 'DOCUMENT_ISSUED').some((event) => event.status === 'VALID')).toBe(false);
  });

  it('of vehicles and licences', () => {
    const vehicles = of(named('two-vehicles-kept-plate'), 'VEHICLE_REGISTERED');
    expect(vehicles.filter((event) => event.disposedOn === null)).toHaveLength(2);
    expect(vehicles.find((event) => event.disposedOn !== null)).toMatchObject({ disposal: 'SOLD' });
    const lost = of(named('zero-point-licence'), 'POINTS_DEDUCTED').reduce(
      (sum, event) => sum + event.points,
      0,
    );
    expect(lost).toBe(12);
    expect(of(named('old-b2-licence'), 'LICENSED')).toContainEqual(
      expect.objectContaining({
        scheme: 'LAW_2008',
        classCode: 'B2',
        status: 'VALID',
        expiresOn: '2031-03-02',
      }),
    );
  });

  it('of work and insurance', () => {
    expect(of(named('late-employer'), 'EMPLOYED').map((event) => event.payment)).toEqual([
      'PAID',
      'UNPAID',
      'LATE',
    ]);
    expect(of(named('lump-sum-withdrawn'), 'EMPLOYED').map((event) => event.payment)).toEqual([
      'WITHDRAWN',
      'RESERVED',
    ]);
    expect(of(named('pensioner'), 'BENEFIT_GRANTED').map((event) => event.benefit)).toContain('RETIREMENT');
    expect(of(named('surviving-spouse'), 'BENEFIT_GRANTED').map((event) => event.benefit)).toContain(
      'SURVIVOR',
    );
    expect(of(named('insurance-lost'), 'INSURED').at(-1)?.status).toBe('REPORTED_LOST');
    expect(of(named('insurance-withdrawn'), 'INSURED').at(-1)?.status).toBe('WITHDRAWN');
    expect(of(named('insurance-withdrawn'), 'VISITED').at(-1)?.insured).toBe(false);
  });

  it('of health records', () => {
    const labels = (name: string) =>
      new Set(of(named(name), 'VISITED').flatMap((visit) => visit.compartments));
    expect(labels('hiv-compartment')).toEqual(new Set(['HIV']));
    expect(labels('mental-compartment')).toEqual(new Set(['MENTAL', 'SUBSTANCE']));
    expect(labels('reproductive-compartment')).toEqual(new Set(['REPRODUCTIVE', 'GENETIC']));
    expect(of(named('heavy-record'), 'VISITED')).toHaveLength(10_000);
  });

  it('of what agencies write differently', () => {
    expect(named('tone-mark-mismatch').recordedAs.healthInsurance?.fullName).toBe('Nguyễn Thị Hoà');
    expect(fullNameOf(named('tone-mark-mismatch').name)).toBe('Nguyễn Thị Hòa');
    expect(named('birth-date-mismatch').recordedAs.socialInsurance?.dateOfBirth).toBe('1975-03-11');
    expect(named('agency-pending').integration).toMatchObject({
      healthInsurance: 'PENDING',
      drivingLicences: 'NOT_FOUND',
    });
    const raw = named('nfd-name').recordedAs.residence?.fullName ?? '';
    expect(raw).not.toBe(raw.normalize('NFC'));
    expect(raw.normalize('NFC')).toBe(fullNameOf(named('nfd-name').name));
  });
});
