import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personaHouseholds, type Person, type Visit } from '#db/population';
import { connectDatabase, type Database } from '#db';
import { healthRecords } from '../../../subgraphs/health-records/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';
import { everything } from './everything.ts';
import { householdOf, idOf, personOf, tell, unknownId, visitsOf } from './people.ts';

const everybody = personaHouseholds(testAsOf).filter(
  ({ members }) => !members.some(({ person }) => person.persona === 'heavy-record'),
);
const people = everybody.flatMap(({ members }) => members.map(({ person }) => person));
const withVisit = (visit: Partial<Visit>): Pick<Person, 'events'> => {
  const first = visitsOf(personOf('stranger'))[0]!;
  return { events: [{ ...first, compartments: [], otherDiagnoses: [], ...visit }] };
};

type Agency = Awaited<ReturnType<typeof startAgencyUnderTest>>;
let agency: Agency;
let database: Database;
beforeAll(async () => {
  agency = await startAgencyUnderTest(healthRecords, { households: everybody });
  database = connectDatabase({ url: agency.url });
});
afterAll(async () => {
  await database.close();
  await agency.close();
});

const ask = async (on: Agency, persona: string, selection: string) => {
  const { data, errors } = await on.entities([idOf(persona)], selection);
  expect(errors).toBeUndefined();
  return data._entities[0];
};
describe('everybody', () => {
  test('every persona is answered in full, with every code named by its catalogue', async () => {
    const { data, errors } = await agency.entities(
      people.map(({ citizenId }) => citizenId),
      everything,
    );
    expect(errors).toBeUndefined();
    const nameless: unknown[] = [];
    const look = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(look);
      if (typeof value !== 'object' || value === null) return;
      const { code, name, text } = value as Record<string, unknown>;
      if (typeof code === 'string' && (name === null || text === null)) nameless.push(value);
      Object.values(value).forEach(look);
    };
    look(data);
    expect(nameless).toEqual([]);
  });

  test('each visit is told as it happened', async () => {
    const { data } = await agency.entities(
      people.map(({ citizenId }) => citizenId),
      everything,
    );
    for (const [index, person] of people.entries()) {
      const told = data._entities[index].healthRecords.nodes;
      const facts = visitsOf(person).toSorted((one, other) => (one.admittedAt < other.admittedAt ? 1 : -1));
      expect(
        told.map(({ mainDiagnosis }: { mainDiagnosis: { code: string } }) => mainDiagnosis.code),
      ).toEqual(facts.map(({ mainDiagnosis }) => mainDiagnosis.code));
      facts.forEach((fact, at) => {
        expect(told[at].admittedOn).toBe(fact.admittedAt.slice(0, 10));
        expect(told[at].facility).toMatchObject({ code: fact.facility.code, name: fact.facility.name });
        expect(told[at].mainDiagnosis.text).toBe(fact.mainDiagnosis.name);
        expect(told[at].diagnoses[0]).toEqual(told[at].mainDiagnosis);
        expect(told[at].patient.coverage === null).toBe(!fact.insured);
      });
    }
  });

  test('what insurer and patient pay is what it cost, line by line and together', async () => {
    const { data } = await agency.entities(
      people.map(({ citizenId }) => citizenId),
      everything,
    );
    const visits = data._entities.flatMap(
      (entity: { healthRecords: { nodes: object[] } }) => entity.healthRecords.nodes,
    );
    expect(visits.length).toBeGreaterThan(100);
    for (const { costs, drugs, services } of visits) {
      expect(costs.insurerPays + costs.coPay + costs.patientPays).toBe(costs.hospitalTotal);
      const lines = [...drugs, ...services].map(({ charge }) => charge);
      expect(lines.reduce((sum, { hospitalAmount }) => sum + hospitalAmount, 0)).toBe(costs.hospitalTotal);
      for (const { hospitalAmount, insurerPays, coPay, patientPays } of lines)
        expect(insurerPays + coPay + patientPays).toBe(hospitalAmount);
    }
  });

  test('no paper and no dose is older than the person or younger than the population', async () => {
    const tooEarlyOrLate = await database.sql.unsafe(`
      select 'visit' from visits where admitted_on > '${testAsOf}'
      union all select 'result' from visit_lab_results where result_at > '${testAsOf}T23:59:59+07:00'
      union all select 'dose' from health_immunisations where given_on > '${testAsOf}'
      union all select 'examination' from health_examinations where examined_on > '${testAsOf}'
      union all select 'leave' from visit_sick_leaves where issued_on > '${testAsOf}'`);
    expect(tooEarlyOrLate).toEqual([]);
    for (const person of people.filter(({ diedOn }) => diedOn !== null)) {
      const [row] = await database.sql<{ last: string }>`
        select max(day)::text as last from (select admitted_on as day from visits where citizen_id = ${person.citizenId}
        union all select given_on from health_immunisations where citizen_id = ${person.citizenId}
        union all select opened_on from health_files where citizen_id = ${person.citizenId}) days`;
      expect(row!.last <= person.diedOn!).toBe(true);
    }
  });
});

describe('the sensitive compartments', () => {
  const tables = [
    'visit_diagnoses',
    'visit_procedures',
    'visit_drugs',
    'visit_services',
    'visit_lab_results',
    'visit_progress_notes',
    'visit_discharges',
    'visit_summaries',
    'visit_sick_leaves',
    'visit_referrals',
    'visit_re_examinations',
  ];

  test.each(tables)('every row of %s carries the labels of its visit', async (table) => {
    const [row] = await database.sql.unsafe<{ rows: number; wrong: number }>(`
      select count(*)::int as rows, count(*) filter (where not (below.compartments @> v.compartments))::int as wrong
      from ${table} below join visits v using (citizen_id, visit_id)`);
    expect(row!.rows).toBeGreaterThan(0);
    expect(row!.wrong).toBe(0);
  });

  test.each([
    ['hiv-compartment', 'HIV'],
    ['mental-compartment', 'MENTAL'],
    ['mental-compartment', 'SUBSTANCE'],
    ['reproductive-compartment', 'REPRODUCTIVE'],
    ['reproductive-compartment', 'GENETIC'],
  ])('%s shows %s on visits, on rows below them and in the history', async (persona, label) => {
    const rows = await database.sql<{ table: string }>`
      select 'visits' as table from visits where citizen_id = ${idOf(persona)} and ${label} = any(compartments)
      union all select 'below' from visit_services where citizen_id = ${idOf(persona)} and ${label} = any(compartments)`;
    expect(new Set(rows.map(({ table }) => table))).toEqual(new Set(['visits', 'below']));
    const { healthRecords: page } = await ask(agency, persona, 'healthRecords { nodes { compartments } }');
    expect(page.nodes.flatMap(({ compartments }: { compartments: string[] }) => compartments)).toContain(
      label,
    );
  });

  test('a visit that nobody labelled is labelled by the law', async () => {
    const cases = [
      ['B20.0', ['HIV']],
      ['Z21', ['HIV']],
      ['F32.1', ['MENTAL']],
      ['F10.2', ['SUBSTANCE']],
      ['O04.9', ['REPRODUCTIVE']],
      ['T74.2', ['REPRODUCTIVE']],
      ['Z30.1', ['REPRODUCTIVE']],
      ['Q90.9', ['GENETIC']],
      ['I10', []],
    ] as const;
    const events = cases.flatMap(([code]) => withVisit({ mainDiagnosis: { code, name: '' } }).events);
    const alone = await startAgencyUnderTest(healthRecords, { households: [tell('stranger', { events })] });
    const selection = 'healthRecords(first: 100) { nodes { mainDiagnosis { code } compartments } }';
    const { healthRecords: page } = await ask(alone, 'stranger', selection);
    expect(page.nodes).toHaveLength(cases.length);
    for (const [code, compartments] of cases)
      expect(page.nodes).toContainEqual({ mainDiagnosis: { code }, compartments });
    await alone.close();
  });

  test('an accompanying disease labels the visit as the main one does', async () => {
    const events = withVisit({ otherDiagnoses: [{ code: 'B24', name: '' }] });
    const alone = await startAgencyUnderTest(healthRecords, { households: [tell('stranger', events)] });
    const selection = 'healthRecords { nodes { compartments diagnoses { kind code } } }';
    const { healthRecords: page } = await ask(alone, 'stranger', selection);
    expect(page.nodes[0].compartments).toEqual(['HIV']);
    expect(page.nodes[0].diagnoses[1]).toEqual({ kind: 'ACCOMPANYING', code: 'B24' });
    await alone.close();
  });

  test.each([
    [
      `update visit_discharges set pregnancy_weeks = 8 where compartments = '{}'`,
      'visit_discharges_reproductive',
    ],
    [
      `update visit_sick_leaves set pregnancy_end_cause = 'x' where compartments = '{}'`,
      'visit_sick_leaves_reproductive',
    ],
    [`update health_examinations set mental = 'x' where compartments = '{}'`, 'health_examinations_mental'],
    [
      `update health_examinations set obstetric = 'x' where compartments = '{}'`,
      'health_examinations_obstetric',
    ],
  ])('%s is refused', async (statement, constraint) => {
    await expect(database.sql.unsafe(statement)).rejects.toMatchObject({ fault: { constraint } });
  });

  test('alcohol, hereditary diseases and tetanus in pregnancy are labelled in the personal record', async () => {
    const unlabelled = await database.sql.unsafe(`
      select kind from health_risk_factors where kind in ('ALCOHOL', 'DRUG_USE') and not 'SUBSTANCE' = any(compartments)
      union all select 'PREGNANCY' from health_immunisations where programme = 'PREGNANCY' and not 'REPRODUCTIVE' = any(compartments)
      union all select 'GENES' from health_family_histories
        where diagnosis_code in ('D56.1', 'D66', 'Q90.9') and not 'GENETIC' = any(compartments)`);
    expect(unlabelled).toEqual([]);
  });
});

describe('papers', () => {
  const inpatient = (changes: Partial<Visit>) =>
    withVisit({
      visitType: '03',
      admittedAt: '2026-10-01T08:00:00+07:00',
      dischargedAt: '2026-10-05T09:00:00+07:00',
      ...changes,
    });
  const selection = `healthRecords { nodes { inpatientFrom treatmentDays outcome dischargedAt dischargeType { code } recordNumber
    discharge { dischargedAt issuedOn carers { role maskedName } } progressNotes { notedAt } } }`;

  test('a stay in a bed has notes and a discharge paper, and days counted to the discharge', async () => {
    const alone = await startAgencyUnderTest(healthRecords, {
      households: [tell('stranger', inpatient({ outcome: 1 }))],
    });
    const [visit] = (await ask(alone, 'stranger', selection)).healthRecords.nodes;
    expect(visit).toMatchObject({
      treatmentDays: 4,
      outcome: 'RECOVERED',
      inpatientFrom: '2026-10-01T01:00:00.000Z',
    });
    expect(visit.discharge).toEqual({
      dischargedAt: '2026-10-05T02:00:00.000Z',
      issuedOn: '2026-10-05',
      carers: [],
    });
    expect(visit.progressNotes).toHaveLength(1);
    await alone.close();
  });

  test('who is still in bed has no result, no discharge and no discharge paper', async () => {
    const still = inpatient({ dischargedAt: null, outcome: 7 });
    const alone = await startAgencyUnderTest(healthRecords, { households: [tell('stranger', still)] });
    const [visit] = (await ask(alone, 'stranger', selection)).healthRecords.nodes;
    expect(visit).toMatchObject({
      treatmentDays: null,
      outcome: null,
      dischargedAt: null,
      dischargeType: null,
      discharge: null,
    });
    await alone.close();
  });

  test('outcomes 1 to 8 of the dictionary, and how the visit then ended', async () => {
    const told = [
      ['RECOVERED', '1'],
      ['IMPROVED', '1'],
      ['UNCHANGED', '1'],
      ['WORSE', '1'],
      ['DIED', '1'],
      ['SENT_HOME_GRAVE', '4'],
      ['UNDETERMINED', '1'],
      ['DIED_OUTSIDE', '1'],
    ];
    const events = told.flatMap((_, index) => {
      const admittedAt = `2026-10-0${index + 1}T08:00:00+07:00`;
      return withVisit({ outcome: index + 1, visitType: '07', admittedAt }).events;
    });
    const alone = await startAgencyUnderTest(healthRecords, { households: [tell('stranger', { events })] });
    const { nodes } = (await ask(alone, 'stranger', selection)).healthRecords;
    const ended = nodes.map((visit: { outcome: string; dischargeType: { code: string } }) => [
      visit.outcome,
      visit.dischargeType.code,
    ]);
    expect(ended.reverse()).toEqual(told);
    await alone.close();
  });

  test("a child's papers name the parents masked, and nothing names them in full", async () => {
    const child = personOf('child-6');
    const events = inpatient({ admittedAt: '2026-10-01T08:00:00+07:00' });
    const alone = await startAgencyUnderTest(healthRecords, { households: [tell('child-6', events)] });
    const answer = await ask(alone, 'child-6', everything);
    const [visit] = answer.healthRecords.nodes;
    const parents = [child.father, child.mother].filter((parent) => parent !== null);
    expect(parents.length).toBeGreaterThan(0);
    expect(visit.discharge.carers).toHaveLength(parents.length);
    for (const { maskedName } of visit.discharge.carers)
      expect(maskedName).toMatch(/^\p{Lu}\*{3}( \p{Lu}\*{3})+$/u);
    expect(answer.healthProfile.mainCarer.maskedName).toContain('***');
    for (const { fullName, personalId } of parents) {
      expect(JSON.stringify(answer)).not.toContain(fullName);
      expect(JSON.stringify(answer)).not.toContain(personalId);
    }
    await alone.close();
  });
});

describe('today', () => {
  const days =
    'healthRecords(first: 100) { nodes { reExamination { appointedOn isPast } } } healthProfile { immunisations { nextDueOn isNextDue } }';

  test.each([
    ['2026-06-28T23:59:00+07:00', false],
    ['2026-06-29T00:01:00+07:00', true],
  ])('at %s an appointment for 28 June is past: %s', async (at, isPast) => {
    const visit = {
      visitType: '05',
      admittedAt: '2026-05-31T08:00:00+07:00',
      dischargedAt: '2026-05-31T09:00:00+07:00',
    };
    const events = Array.from({ length: 20 }, () => withVisit(visit).events).flat();
    const households = [tell('stranger', { events }), householdOf('newborn')];
    const then = await startAgencyUnderTest(healthRecords, { households, now: new Date(at) });
    const { nodes } = (await ask(then, 'stranger', days)).healthRecords;
    const appointments = nodes.flatMap(
      ({ reExamination }: { reExamination: object | null }) => reExamination ?? [],
    );
    expect(appointments.length).toBeGreaterThan(0);
    for (const appointment of appointments)
      expect(appointment).toEqual({ appointedOn: '2026-06-28', isPast });
    await then.close();
  });

  test.each([
    ['2026-11-22T23:59:00+07:00', false],
    ['2026-11-23T00:01:00+07:00', true],
  ])('at %s the second dose, for 23 November, is due: %s', async (at, isNextDue) => {
    const households = [tell('newborn', { bornOn: '2026-08-22', dateOfBirth: '2026-08-22' })];
    const then = await startAgencyUnderTest(healthRecords, { households, now: new Date(at) });
    const { immunisations } = (await ask(then, 'newborn', days)).healthProfile;
    const awaited = immunisations.filter(({ nextDueOn }: { nextDueOn: string | null }) => nextDueOn !== null);
    expect(awaited).toEqual([{ nextDueOn: '2026-11-23', isNextDue }]);
    await then.close();
  });
});

describe('the record as the agency wrote it', () => {
  test('a birth date written down differently shows as it was written', async () => {
    const { healthRecords: page, healthProfile } = await ask(
      agency,
      'birth-date-mismatch',
      'healthRecords { nodes { patient { dateOfBirth } } } healthProfile { dateOfBirth source { integrationStatus } }',
    );
    expect(healthProfile.dateOfBirth).toBe('1975');
    expect(page.nodes[0].patient.dateOfBirth).toBe('1975');
  });

  test('names are NFC', async () => {
    const { healthProfile } = await ask(agency, 'nfd-name', 'healthProfile { fullName }');
    expect(healthProfile.fullName).toBe(healthProfile.fullName.normalize('NFC'));
  });

  test('who has no record anywhere (NOT_FOUND) has neither page nor profile', async () => {
    const nobody = tell('stranger', { integration: { healthRecords: 'NOT_FOUND' } });
    const alone = await startAgencyUnderTest(healthRecords, { households: [nobody] });
    const answer = await ask(
      alone,
      'stranger',
      'healthRecords { nodes { id } source { agency } } healthProfile { openedOn }',
    );
    expect(answer).toEqual({ healthRecords: { nodes: [], source: null }, healthProfile: null });
    await alone.close();
  });
});

describe('statements', () => {
  const run = async (
    ids: readonly string[],
  ): Promise<{ readonly rows: readonly string[]; readonly names: number }> => {
    agency.statements.length = 0;
    const { errors } = await agency.entities(ids, everything);
    expect(errors).toBeUndefined();
    const isOfNames = (text: string): boolean => /from "catalogue_entries"/.test(text);
    const rows = agency.statements.filter((text) => !isOfNames(text)).sort();
    return { rows, names: agency.statements.filter(isOfNames).length };
  };

  /** Kinds of rows that show a name: each asks for all its names at once. */
  const stepsWithNames = 16;

  test('everything of one citizen and of a hundred takes the same 20 statements, and names at most once a step', async () => {
    const ids = people.filter((person) => visitsOf(person).length > 0).map(({ citizenId }) => citizenId);
    const strangers = Array.from({ length: 100 - ids.length }, (_, index) =>
      unknownId.replace(/..$/, String(10 + index)),
    );
    const one = await run([ids[0]!]);
    const hundred = await run([...ids, ...strangers]);
    expect(one.rows).toHaveLength(20);
    expect(new Set(one.rows).size).toBe(20);
    expect(hundred.rows).toEqual(one.rows);
    expect(Math.max(one.names, hundred.names)).toBeLessThanOrEqual(stepsWithNames);
  });

  test('the profile query takes one, the page, once the names of its codes are known', async () => {
    const read = () =>
      ask(
        agency,
        'stranger',
        'healthRecords(first: 10) { nodes { admittedOn facility { name } mainDiagnosis { code text } outcome } pageInfo { hasNextPage endCursor } }',
      );
    const first = await read();
    agency.statements.length = 0;
    expect(await read()).toEqual(first);
    expect(agency.statements).toHaveLength(1);
  });
});
