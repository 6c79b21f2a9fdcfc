import { beforeAll, describe, expect, it } from 'vitest';
import { addYears, ageOn, dayText, parseDay } from '../../../db/population/calendar.ts';
import { beginningOf } from '../../../db/population/assemble.ts';
import {
  compartmentsOf,
  diagnosisOf,
  employers,
  facilities,
  households,
  suits,
  units,
  type Household,
  type LifeEvent,
  type Person,
} from '#db/population';

const asOf = '2026-11-21';
type Of<Kind extends LifeEvent['kind']> = Extract<LifeEvent, { kind: Kind }>;

const pick = <Kind extends LifeEvent['kind']>(person: Person, kind: Kind): Of<Kind>[] =>
  person.events.filter((event): event is Of<Kind> => event.kind === kind);
const current = (person: Person): string =>
  person.identifiers.find((item) => item.type === 'PERSONAL_ID' && item.validTo === null)?.value ?? '';
const whoOf = (person: Person): string => person.persona ?? person.citizenId;
/** Collects those who break a rule, so that a failure names them. */
const breaking = (people: readonly Person[], breaks: (person: Person) => boolean): string[] =>
  people.filter(breaks).map(whoOf);

const told: Household[] = [];
let people: Person[] = [];
const byId = new Map<string, Person>();

beforeAll(() => {
  for (const seed of [1, 2])
    told.push(...households({ seed, citizens: 2500, asOf }, seed === 1 ? undefined : { from: 45, to: 700 }));
  people = told.flatMap((household) => household.members.map(({ person }) => person));
  for (const person of people) byId.set(person.citizenId, person);
});

describe('numbers', () => {
  it('all begin with the unassigned 099', () => {
    expect(
      breaking(people, (person) =>
        person.identifiers.some(
          ({ type, value }) => /PERSONAL_ID|FOREIGNER_ID/.test(type) && !/^099\d{9}$/.test(value),
        ),
      ),
    ).toEqual([]);
    expect(
      breaking(people, (person) =>
        person.identifiers.some(({ type, value }) => type === 'CMND9' && !/^9\d{8}$/.test(value)),
      ),
    ).toEqual([]);
  });

  it('have exactly one current personal number', () => {
    expect(
      breaking(
        people,
        (person) =>
          person.identifiers.filter((item) => item.type === 'PERSONAL_ID' && item.validTo === null).length !==
          1,
      ),
    ).toEqual([]);
  });

  it('agree with sex and year of birth, but for the persona who shows it', () => {
    const mismatch = breaking(people, (person) => {
      const [, digit, year] = /^099(\d)(\d\d)/.exec(current(person)) ?? [];
      const century = 1900 + Math.floor(Number(digit) / 2) * 100;
      const sex = Number(digit) % 2 === 0 ? 'MALE' : 'FEMALE';
      return sex !== person.sex || century + Number(year) !== Number(person.bornOn.slice(0, 4));
    });
    expect(mismatch).toEqual(['sex-digit-mismatch']);
  });

  it('of documents are the person’s own', () => {
    expect(
      breaking(people, (person) => {
        const own = new Set(person.identifiers.map((item) => item.value));
        return pick(person, 'DOCUMENT_ISSUED').some((event) => !own.has(event.number));
      }),
    ).toEqual([]);
  });

  it('and the ids are valid version 8 UUIDs', () => {
    expect(
      breaking(
        people,
        ({ citizenId }) =>
          !/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(citizenId),
      ),
    ).toEqual([]);
  });
});

describe('documents', () => {
  const physical = (person: Person) =>
    pick(person, 'DOCUMENT_ISSUED').filter((event) => event.documentType !== 'CAN_CUOC_DIEN_TU');

  it('at most one physical card is valid, and it is the last', () => {
    expect(
      breaking(people, (person) => {
        const index = physical(person)
          .map((event, position) => (event.status === 'VALID' ? position : -1))
          .filter((position) => position >= 0);
        return index.length > 1 || (index.length === 1 && index[0] !== physical(person).length - 1);
      }),
    ).toEqual([]);
  });

  it('a valid one has not run out, and no paper card is valid since 2025', () => {
    expect(
      breaking(people, (person) =>
        pick(person, 'DOCUMENT_ISSUED').some(
          ({ status, expiresOn, documentType }) =>
            status === 'VALID' && (documentType === 'CMND_9' || (expiresOn !== null && expiresOn <= asOf)),
        ),
      ),
    ).toEqual([]);
  });

  it('most adults have a valid one', () => {
    const adults = people.filter(
      (person) => person.diedOn === null && ageOn(parseDay(person.bornOn), parseDay(asOf)) >= 15,
    );
    const holders = adults.filter((person) => physical(person).some((event) => event.status === 'VALID'));
    expect(holders.length / adults.length).toBeGreaterThan(0.85);
  });
});

describe('residence', () => {
  it('at most one permanent residence is current, and everybody alive but the young has one', () => {
    const counts = people.map((person) => ({
      person,
      count: pick(person, 'RESIDED').filter((event) => event.type === 'PERMANENT' && event.to === null)
        .length,
    }));
    expect(counts.filter(({ count }) => count > 1).map(({ person }) => whoOf(person))).toEqual([]);
    expect(
      counts
        .filter(({ person, count }) => count === 0 && person.diedOn === null)
        .map(({ person }) => whoOf(person)),
    ).toEqual([]);
  });

  it('since 1/7/2025 is told in new units, before it in old ones, with the mapping beside it', () => {
    expect(
      breaking(people, (person) =>
        pick(person, 'RESIDED').some(({ from, address: { unit, normalised, mappingStatus } }) => {
          const isOld = unit.scheme === 'PRE_2025_07';
          const isListed = isOld
            ? units.oldWard(unit.ward.code) === unit
            : units.newWard(unit.ward.code) === unit;
          return (
            !isListed ||
            (from < '2025-07-01' && !isOld) ||
            (normalised === null) !== (mappingStatus !== 'EXACT')
          );
        }),
      ),
    ).toEqual([]);
  });

  it('ends on the day of death', () => {
    expect(
      breaking(
        people,
        (person) => person.diedOn !== null && pick(person, 'RESIDED').some((event) => event.to === null),
      ),
    ).toEqual([]);
  });
});

describe('representation', () => {
  it('lies with somebody alive and of age who is told too', () => {
    expect(
      breaking(people, (person) =>
        pick(person, 'REPRESENTED').some((event) => {
          const guardian = byId.get(event.guardian.citizenId);
          return (
            !guardian ||
            (guardian.diedOn !== null && event.to !== guardian.diedOn) ||
            ageOn(parseDay(guardian.bornOn), parseDay(event.from)) < 18
          );
        }),
      ),
    ).toEqual([]);
  });

  it('of every child by a parent in the household', () => {
    const children = people.filter(
      (person) => (person.father ?? person.mother) && ageOn(parseDay(person.bornOn), parseDay(asOf)) < 14,
    );
    expect(children.length).toBeGreaterThan(500);
    expect(breaking(children, (person) => pick(person, 'REPRESENTED').length === 0)).toEqual([]);
  });

  it('names relatives as they are', () => {
    expect(
      breaking(people, (person) =>
        [person.father, person.mother, person.spouse].some((ref) => {
          const other = ref ? byId.get(ref.citizenId) : undefined;
          return ref !== null && (!other || current(other) !== ref.personalId || other.sex !== ref.sex);
        }),
      ),
    ).toEqual([]);
  });

  it('keeps parents older than their children by 18 years or more', () => {
    expect(
      breaking(people, (person) =>
        [person.father, person.mother].some(
          (ref) => ref !== null && ref.dateOfBirth > dayText(addYears(parseDay(person.bornOn), -18)),
        ),
      ),
    ).toEqual([]);
  });
});

describe('work and insurance', () => {
  it('months of work do not overlap, begin at 15 or later and end by the date', () => {
    expect(
      breaking(people, (person) => {
        const spells = pick(person, 'EMPLOYED');
        const legal = dayText(addYears(parseDay(person.bornOn), 15)).slice(0, 7);
        return spells.some(({ from, to }, index) => {
          const next = spells[index + 1];
          return (
            from < legal ||
            from > asOf.slice(0, 7) ||
            (to !== null && (to < from || to > asOf.slice(0, 7))) ||
            (next !== undefined && (to === null || next.from <= to))
          );
        });
      }),
    ).toEqual([]);
  });

  it('spells of insurance do not overlap', () => {
    expect(
      breaking(people, (person) => {
        const spells = pick(person, 'INSURED');
        return spells.some(({ from, to }, index) => to < from || (spells[index + 1]?.from ?? '9999') <= to);
      }),
    ).toEqual([]);
  });

  it('a spell of an enterprise or office lies within months of work that are told', () => {
    expect(
      breaking(people, (person) => {
        const work = pick(person, 'EMPLOYED');
        return pick(person, 'INSURED').some(
          ({ objectCode, from }) =>
            /^(DN|CH)$/.test(objectCode) &&
            !work.some(
              (spell) =>
                spell.employer && spell.from <= from.slice(0, 7) && (spell.to ?? '9999') >= from.slice(0, 7),
            ),
        );
      }),
    ).toEqual([]);
  });

  it('children under six and only they are insured as such', () => {
    expect(
      breaking(people, (person) =>
        pick(person, 'INSURED').some(
          ({ objectCode, from }) =>
            (objectCode === 'TE') !== ageOn(parseDay(person.bornOn), parseDay(from)) < 6,
        ),
      ),
    ).toEqual([]);
  });

  it('nine people in ten are insured today', () => {
    const insured = people.filter((person) =>
      pick(person, 'INSURED').some((event) => event.status === 'ACTIVE' && event.to >= asOf),
    );
    expect(insured.length / people.length).toBeGreaterThan(0.85);
  });
});

describe('visits', () => {
  it('paid by insurance lie within a spell that was not cut short', () => {
    expect(
      breaking(people, (person) => {
        const spells = pick(person, 'INSURED').filter(
          (event) => event.status === 'ACTIVE' || event.status === 'EXPIRED',
        );
        return pick(person, 'VISITED').some((visit) => {
          const from = visit.admittedAt.slice(0, 10);
          const to = visit.dischargedAt?.slice(0, 10) ?? from;
          return visit.insured && !spells.some((spell) => spell.from <= from && to <= spell.to);
        });
      }),
    ).toEqual([]);
  });

  it('have diagnoses of the catalogue that suit age and sex, and the labels they need', () => {
    expect(
      breaking(people, (person) =>
        pick(person, 'VISITED').some((visit) => {
          const age = ageOn(parseDay(person.bornOn), parseDay(visit.admittedAt.slice(0, 10)));
          const isSuited = [visit.mainDiagnosis, ...visit.otherDiagnoses].every(
            ({ code, name }) => diagnosisOf(code).name === name && suits(diagnosisOf(code), age, person.sex),
          );
          return (
            !isSuited ||
            compartmentsOf(visit.mainDiagnosis.code).some((label) => !visit.compartments.includes(label))
          );
        }),
      ),
    ).toEqual([]);
  });

  it('never give a man a pregnancy nor an adult a newborn’s disease', () => {
    expect(
      breaking(people, (person) =>
        pick(person, 'VISITED').some(
          ({ mainDiagnosis: { code }, admittedAt }) =>
            (person.sex === 'MALE' && code.startsWith('O')) ||
            (code.startsWith('P') && ageOn(parseDay(person.bornOn), parseDay(admittedAt.slice(0, 10))) > 0),
        ),
      ),
    ).toEqual([]);
  });

  it('are in facilities of the list, and end after they begin', () => {
    const known = new Set(facilities().map((facility) => facility.code));
    expect(
      breaking(people, (person) =>
        [...pick(person, 'VISITED')].some(
          ({ facility, admittedAt, dischargedAt }) =>
            !known.has(facility.code) || (dischargedAt !== null && dischargedAt < admittedAt),
        ),
      ),
    ).toEqual([]);
    const employing = new Set(employers().map((employer) => employer.code));
    expect(
      breaking(people, (person) =>
        pick(person, 'EMPLOYED').some(({ employer }) => employer !== null && !employing.has(employer.code)),
      ),
    ).toEqual([]);
  });
});

describe('time', () => {
  it('nothing happens before birth, after death or after the date; the oldest comes first', () => {
    expect(
      breaking(people, (person) => {
        const last = person.diedOn ?? asOf;
        const days = person.events.map((event) => beginningOf(event).slice(0, 10));
        const isOutside = days.some(
          (day) =>
            day > last ||
            day.slice(0, 7) < person.bornOn.slice(0, day.length).slice(0, 7) ||
            (day.length === 10 && day < person.bornOn),
        );
        return (
          isOutside ||
          (person.persona !== 'heavy-record' &&
            days.some((day, index) => day.slice(0, 7) > (days[index + 1] ?? '9999').slice(0, 7)))
        );
      }),
    ).toEqual([]);
  });

  it('nothing has ended after the date either', () => {
    const ended = (event: LifeEvent): string | null => {
      if (event.kind === 'RESIDED' || event.kind === 'STUDIED') return event.to;
      return event.kind === 'VISITED'
        ? (event.dischargedAt?.slice(0, 10) ?? null)
        : event.kind === 'REPRESENTED'
          ? event.to
          : null;
    };
    expect(
      breaking(people, (person) =>
        person.events.some((event) => (ended(event) ?? '') > (person.diedOn ?? asOf)),
      ),
    ).toEqual([]);
  });

  it('nobody is registered in a household before birth, and accounts come with 14 but for the personas', () => {
    const early = told
      .flatMap((household) => household.members)
      .filter(({ person, since }) => since < person.bornOn || since > asOf);
    expect(early.map(({ person }) => whoOf(person))).toEqual([]);
    expect(
      breaking(
        people,
        (person) =>
          person.account !== null &&
          (person.account.registeredOn > asOf ||
            ageOn(parseDay(person.bornOn), parseDay(person.account.registeredOn)) < 14),
      ),
    ).toEqual([]);
  });

  it('licences are held from 18', () => {
    expect(
      breaking(people, (person) =>
        pick(person, 'LICENSED').some(
          ({ passedOn }) => ageOn(parseDay(person.bornOn), parseDay(passedOn)) < 18,
        ),
      ),
    ).toEqual([]);
  });
});
