import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { households, personaHouseholds } from '#db/population';
import { residence } from '../../../subgraphs/residence/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';
import { child, dead, head, household, nobody, spouse, tenant } from './people.ts';

type Agency = Awaited<ReturnType<typeof startAgencyUnderTest>>;

const plan = { seed: 9, citizens: 250, asOf: testAsOf };
const ordinary = [...households(plan, { from: personaHouseholds(testAsOf).length, to: Infinity })];
const ordinaryIds = ordinary.flatMap(({ members }) => members.map(({ person }) => person.citizenId));

let agency: Agency;
/** The same register two years later. */
let later: Agency;
beforeAll(async () => {
  agency = await startAgencyUnderTest(residence, { households: [household, ...ordinary] });
  later = await startAgencyUnderTest(residence, {
    households: [household],
    now: new Date('2028-02-01T12:00:00+07:00'),
  });
});
afterAll(() => Promise.all([agency.close(), later.close()]));

const ask = async ({ citizenId }: { citizenId: string }, selection: string, from = agency) => {
  const { data, errors } = await from.entities([citizenId], `residence { ${selection} }`);
  expect(errors).toBeUndefined();
  return data._entities[0].residence;
};
const refuse = async (selection: string) => {
  const { data, errors } = await agency.entities(
    [head.citizenId],
    `residence { household { memberCount } ${selection} }`,
  );
  expect(data._entities[0].residence.household.memberCount).toBe(4);
  return errors?.map(({ message, extensions }) => `${extensions.code} ${message}`);
};

const kinds =
  'permanent { registeredFrom } temporary { registeredFrom } temporaryAbsence { registeredFrom } currentAbode { type registeredFrom }';
const since = (registeredFrom: string) => ({ registeredFrom });

describe('what stands today', () => {
  test.each([
    [
      'lives elsewhere for a time',
      head,
      {
        permanent: since('2015-03-04'),
        temporary: since('2025-08-01'),
        temporaryAbsence: since('2026-01-05'),
        currentAbode: { type: 'TEMPORARY', registeredFrom: '2025-08-01' },
      },
    ],
    [
      'recorded an abode',
      spouse,
      {
        permanent: since('2015-03-04'),
        temporary: null,
        temporaryAbsence: null,
        currentAbode: { type: 'CURRENT_ABODE', registeredFrom: '2026-05-06' },
      },
    ],
    [
      'lives at home',
      child,
      {
        permanent: since('2015-03-04'),
        temporary: null,
        temporaryAbsence: null,
        currentAbode: { type: 'PERMANENT', registeredFrom: '2015-03-04' },
      },
    ],
    ['died', dead, { permanent: null, temporary: null, temporaryAbsence: null, currentAbode: null }],
    [
      'renewed twice',
      tenant,
      {
        permanent: null,
        temporary: since('2022-01-10'),
        temporaryAbsence: null,
        currentAbode: { type: 'TEMPORARY', registeredFrom: '2022-01-10' },
      },
    ],
    [
      'was never registered',
      nobody,
      { permanent: null, temporary: null, temporaryAbsence: null, currentAbode: null },
    ],
  ])('%s', async (_, person, expected) => {
    expect(await ask(person, kinds)).toEqual(expected);
  });

  test('a term that ended meanwhile no longer stands', async () => {
    const told = await ask(head, `${kinds} history { nodes { type status validUntil } }`, later);
    expect(told).toMatchObject({
      temporary: null,
      permanent: since('2015-03-04'),
      currentAbode: { type: 'PERMANENT' },
    });
    expect(told.history.nodes[1]).toEqual({ type: 'TEMPORARY', status: 'EXPIRED', validUntil: '2027-08-01' });
  });

  test('the stay that goes on', async () => {
    const stay =
      'currentStay { reason stayTo address { line } host { maskedName } guestName source { agency integrationStatus asOf } }';
    expect(await ask(child, stay)).toEqual({ currentStay: null });
    expect((await ask(head, stay)).currentStay).toEqual({
      reason: 'Công tác',
      stayTo: null,
      address: { line: '7 Đồng Khởi' },
      host: { maskedName: 'K*** s*** H*** S***' },
      guestName: 'Nguyễn Văn An',
      source: { agency: 'residence', integrationStatus: 'INTEGRATED', asOf: '2026-10-31T17:00:00.000Z' },
    });
  });
});

describe('the household', () => {
  const whole =
    'household { bookNumber relationToHead since headName memberCount members { relationToHead maskedName } }';

  test('its head reads the own name and the others masked; who died or left is not counted', async () => {
    expect((await ask(head, whole)).household).toEqual({
      bookNumber: '012345678',
      relationToHead: 'HEAD',
      since: '2015-03-04',
      headName: 'Nguyễn Văn An',
      memberCount: 4,
      members: [
        { relationToHead: 'SPOUSE', maskedName: 'N*** V*** B***' },
        { relationToHead: 'CHILD', maskedName: 'N*** V*** C***' },
        { relationToHead: 'TENANT', maskedName: 'N*** V*** E***' },
      ],
    });
  });

  test('the others read the head masked', async () => {
    expect((await ask(child, whole)).household).toMatchObject({
      relationToHead: 'CHILD',
      headName: 'N*** V*** A***',
      memberCount: 4,
    });
  });

  test.each([
    ['died', dead],
    ['was never registered', nobody],
  ])('who %s has none', async (_, person) => {
    expect(await ask(person, whole)).toEqual({ household: null });
  });

  test('only the registration that stands is the household’s', async () => {
    const { history } = await ask(
      head,
      'history { nodes { registeredFrom relationToHead household { memberCount } } }',
    );
    expect(history.nodes.filter((node: { household: unknown }) => node.household)).toEqual([
      { registeredFrom: '2015-03-04', relationToHead: 'HEAD', household: { memberCount: 4 } },
    ]);
    const { temporary } = await ask(tenant, 'temporary { relationToHead }');
    expect(temporary).toEqual({ relationToHead: 'TENANT' });
  });

  test('no answer holds a name, number or id of another person', async () => {
    const everything = `${whole} currentStay { host { maskedName } } confirmation { household { headName members { maskedName } } }`;
    const text = JSON.stringify(await ask(tenant, everything));
    expect(text).not.toContain('Nguyễn');
    for (const { person } of household.members.filter((member) => member.person !== tenant)) {
      expect(text).not.toContain(person.citizenId);
      for (const { value } of person.identifiers) expect(text).not.toContain(value);
    }
  });
});

describe('addresses', () => {
  const address =
    'address { line ward { code name } districtName province { code name } text scheme asOf mappingStatus normalised { ward { name } districtName scheme asOf text normalised { text } } }';

  test('the old scheme keeps its text and tells today’s unit beside it', async () => {
    const { history } = await ask(head, `history { nodes { ${address} } }`);
    expect(history.nodes.at(-1).address).toEqual({
      line: '12 Lê Lợi',
      ward: { code: '26740', name: 'Phường Bến Nghé' },
      districtName: 'Quận 1',
      province: { code: '79', name: 'Thành phố Hồ Chí Minh' },
      text: '12 Lê Lợi, Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh',
      scheme: 'PRE_2025_07',
      asOf: '1990-01-02',
      mappingStatus: 'EXACT',
      normalised: {
        ward: { name: 'Phường Sài Gòn' },
        districtName: null,
        scheme: 'POST_2025_07',
        asOf: '2025-07-01',
        text: '12 Lê Lợi, Phường Sài Gòn, Thành phố Hồ Chí Minh',
        normalised: { text: '12 Lê Lợi, Phường Sài Gòn, Thành phố Hồ Chí Minh' },
      },
    });
  });

  test.each([
    [
      'a split ward has no unit of today',
      'permanent',
      { mappingStatus: 'SPLIT_AMBIGUOUS', normalised: null },
    ],
    [
      'a new address is its own',
      'temporary',
      { mappingStatus: 'EXACT', districtName: null, normalised: { asOf: '2025-08-01' } },
    ],
  ])('%s', async (_, kind, expected) => {
    expect((await ask(head, `${kind} { ${address} }`))[kind].address).toMatchObject(expected);
  });
});

describe('the history', () => {
  test('every registration, newest first, with its end', async () => {
    const { history } = await ask(
      head,
      'history { nodes { type registeredFrom registeredTo validUntil status removalReason registeringAuthority source { agency } } source { agency } }',
    );
    const rows = history.nodes.map((node: Record<string, unknown>) => [
      node['type'],
      node['registeredFrom'],
      node['registeredTo'],
      node['validUntil'],
      node['status'],
      node['removalReason'],
    ]);
    expect(rows).toEqual([
      ['TEMPORARY_ABSENCE', '2026-01-05', null, null, 'ACTIVE', null],
      ['TEMPORARY', '2025-08-01', null, '2027-08-01', 'ACTIVE', null],
      ['TEMPORARY', '2021-02-03', '2023-02-03', '2023-02-03', 'REMOVED', 'REGISTERED_ELSEWHERE'],
      ['PERMANENT', '2015-03-04', null, null, 'ACTIVE', null],
      ['PERMANENT', '1990-01-02', '2015-03-04', null, 'REMOVED', 'REGISTERED_ELSEWHERE'],
    ]);
    expect(history.nodes[1].registeringAuthority).toBe('Công an phường Sài Gòn');
    expect(history.source).toEqual({ agency: 'residence' });
  });

  test('a term that was renewed runs on', async () => {
    expect(await ask(tenant, 'temporary { validUntil status source { integrationStatus } }')).toEqual({
      temporary: { validUntil: '2028-01-10', status: 'ACTIVE', source: { integrationStatus: 'PENDING' } },
    });
  });

  test('nothing registered is an empty page', async () => {
    const { history } = await ask(
      nobody,
      'history { nodes { type } edges { cursor } pageInfo { hasNextPage endCursor } }',
    );
    expect(history).toEqual({ nodes: [], edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });
});

describe('stay notifications', () => {
  const walk = async (first: number) => {
    const seen: { stayFrom: string; cursor: string }[] = [];
    let after: string | null = null;
    do {
      const page = `stayNotifications(first: ${first}${after === null ? '' : `, after: "${after}"`}) { edges { cursor node { stayFrom } } pageInfo { hasNextPage endCursor } }`;
      const { stayNotifications } = await ask(head, page);
      for (const { cursor, node } of stayNotifications.edges) seen.push({ cursor, stayFrom: node.stayFrom });
      after = stayNotifications.pageInfo.hasNextPage ? stayNotifications.pageInfo.endCursor : null;
    } while (after !== null);
    return seen;
  };

  test.each([1, 7, 13, 26, 100])('pages of %i hold every stay once, newest first', async (first) => {
    const seen = await walk(first);
    expect(seen).toHaveLength(26);
    expect(new Set(seen.map(({ cursor }) => cursor)).size).toBe(26);
    const days = seen.map(({ stayFrom }) => stayFrom);
    expect(days).toEqual([...days].sort().reverse());
  });

  test.each([
    ['from: "2024-06-01", to: "2024-06-30"', 2],
    ['from: "2024-01-01", to: "2024-01-01"', 3],
    ['from: "2026-10-31"', 0],
    ['to: "2023-12-31"', 0],
  ])('filter %s', async (filter, count) => {
    const { stayNotifications } = await ask(
      head,
      `stayNotifications(first: 100, ${filter}) { nodes { stayFrom } }`,
    );
    expect(stayNotifications.nodes).toHaveLength(count);
  });

  test.each([
    [
      'stayNotifications(first: 0) { nodes { reason } }',
      'BAD_USER_INPUT Argument "first" takes a number from 1 to 100.',
    ],
    [
      'stayNotifications(first: 101) { nodes { reason } }',
      'BAD_USER_INPUT Argument "first" takes a number from 1 to 100.',
    ],
    [
      'history(first: 101) { nodes { type } }',
      'BAD_USER_INPUT Argument "first" takes a number from 1 to 100.',
    ],
    [
      'history(after: "nonsense") { nodes { type } }',
      'BAD_USER_INPUT Argument "after" takes the endCursor of an earlier page, unchanged.',
    ],
    [
      'history(from: "2024-02-01", to: "2024-01-01") { nodes { type } }',
      'BAD_USER_INPUT Argument "from" takes a date that is not after "to".',
    ],
    [
      'confirmationValidity(issuedOn: "2026-11-02") { status }',
      'BAD_USER_INPUT Argument "issuedOn" takes a day that is not in the future.',
    ],
  ])('%s is refused, and only that', async (selection, expected) => {
    expect(await refuse(selection)).toEqual([expected]);
  });

  test('tell guest, deadline and whether it was kept', async () => {
    const { stayNotifications } = await ask(
      head,
      'stayNotifications(first: 100) { nodes { stayFrom arrivedAt notifiedAt notifyBefore isInTime coversRepeatedStays guestDocumentType guestDocumentNumber receivingAuthority } }',
    );
    for (const stay of stayNotifications.nodes) {
      expect(stay.isInTime).toBe(stay.notifiedAt < stay.notifyBefore);
      expect(stay.arrivedAt <= stay.notifiedAt).toBe(true);
      expect(head.identifiers.map(({ value }) => value)).toContain(stay.guestDocumentNumber);
      expect(stay.receivingAuthority).toMatch(/^Công an phường /);
    }
    expect(
      stayNotifications.nodes.map((stay: { coversRepeatedStays: boolean }) => stay.coversRepeatedStays),
    ).toEqual([false, ...Array(25).fill(true)]);
  });
});

describe('the confirmation CT07', () => {
  test('confirms person, addresses, household and registrations', async () => {
    const { confirmation } = await ask(
      head,
      `confirmation { form issuedOn validUntil applicant { fullName dateOfBirth sex personalId } permanentAddress { line } temporaryAddress { line } currentAddress { line asOf }
        household { memberCount } currentRegistrations { type } previousRegistrations { type registeredFrom registeredTo } lastChangedOn source { agency } }`,
    );
    expect(confirmation).toEqual({
      form: 'CT07',
      issuedOn: '2026-11-01',
      validUntil: '2027-11-01',
      applicant: {
        fullName: 'Nguyễn Văn An',
        dateOfBirth: head.dateOfBirth,
        sex: head.sex === 'MALE' ? 'Nam' : 'Nữ',
        personalId: head.identifiers.find(({ type, validTo }) => type === 'PERSONAL_ID' && validTo === null)
          ?.value,
      },
      permanentAddress: { line: '3 Hai Bà Trưng' },
      temporaryAddress: { line: '7 Đồng Khởi' },
      currentAddress: { line: '7 Đồng Khởi', asOf: '2025-08-01' },
      household: { memberCount: 4 },
      currentRegistrations: [{ type: 'TEMPORARY_ABSENCE' }, { type: 'TEMPORARY' }, { type: 'PERMANENT' }],
      previousRegistrations: [
        { type: 'TEMPORARY', registeredFrom: '2021-02-03', registeredTo: '2023-02-03' },
        { type: 'PERMANENT', registeredFrom: '1990-01-02', registeredTo: '2015-03-04' },
      ],
      lastChangedOn: '2026-01-05',
      source: { agency: 'residence' },
    });
  });

  test('shows what the register wrote down, in composed letters', async () => {
    const { confirmation } = await ask(child, 'confirmation { applicant { fullName } }');
    expect(confirmation.applicant.fullName).toBe('Nguyễn Văn Chỉ'.normalize('NFC'));
  });

  test.each([
    [
      'on the day of the change',
      head,
      '2026-01-05',
      agencyOf('now'),
      { status: 'VALID', validUntil: '2027-01-05', voidSince: null },
    ],
    [
      'the day before it',
      head,
      '2026-01-04',
      agencyOf('now'),
      { status: 'VOID', validUntil: '2027-01-04', voidSince: '2026-01-05' },
    ],
    [
      'a year ago',
      child,
      '2025-11-01',
      agencyOf('now'),
      { status: 'VALID', validUntil: '2026-11-01', voidSince: null },
    ],
    [
      'a year and a day ago',
      child,
      '2025-10-31',
      agencyOf('now'),
      { status: 'EXPIRED', validUntil: '2026-10-31', voidSince: null },
    ],
    [
      'today',
      nobody,
      '2026-11-01',
      agencyOf('now'),
      { status: 'VALID', validUntil: '2027-11-01', voidSince: null },
    ],
    [
      'and a household that grew since',
      child,
      '2022-01-09',
      agencyOf('now'),
      { status: 'VOID', validUntil: '2023-01-09', voidSince: '2022-01-10' },
    ],
    [
      'more than a year before',
      child,
      '2026-11-01',
      agencyOf('later'),
      { status: 'EXPIRED', validUntil: '2027-11-01', voidSince: null },
    ],
  ])('issued %s', async (_, person, issuedOn, from, expected) => {
    const told = await ask(
      person,
      `confirmationValidity(issuedOn: "${issuedOn}") { status validUntil voidSince }`,
      from(),
    );
    expect(told.confirmationValidity).toEqual(expected);
  });
});

function agencyOf(time: 'now' | 'later') {
  return () => (time === 'now' ? agency : later);
}

describe('who is asked for', () => {
  test.each([
    ['nobody knows', '7b0d2c4e-1f3a-4c5d-8e6f-a1b2c3d4e5f6', { residence: null }],
    ['is no uuid', "x' or 1=1", null],
    ['is empty', '', null],
  ])('an id that %s', async (_, id, expected) => {
    const { data, errors } = await agency.entities([id], 'residence { permanent { registeredFrom } }');
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([expected]);
  });

  const profile =
    'residence { permanent { address { line ward { code name } province { code name } } registeredFrom } household { relationToHead memberCount } }';
  const deep = `residence { permanent { relationToHead } currentStay { reason } household { members { maskedName } } history { nodes { type } } stayNotifications { nodes { reason } } confirmation { lastChangedOn } source { agency } }`;

  test.each([
    ['the profile', profile, 2],
    ['everything', deep, 5],
  ])('%s takes as many statements for 100 citizens as for one', async (_, selection, count) => {
    for (const ids of [ordinaryIds.slice(0, 1), ordinaryIds.slice(0, 100)]) {
      agency.statements.length = 0;
      const { errors, data } = await agency.entities(ids, selection);
      expect(errors).toBeUndefined();
      expect(data._entities).toHaveLength(ids.length);
      expect(agency.statements).toHaveLength(count);
    }
  });

  test('every ordinary citizen has one permanent residence and a household of its size', async () => {
    const { data, errors } = await agency.everybody(
      ordinaryIds,
      'residence { permanent { type } household { memberCount members { relationToHead } } }',
    );
    expect(errors).toBeUndefined();
    const living = ordinary.flatMap(({ members }) => {
      const count = members.filter(({ person }) => person.diedOn === null).length;
      return members.map(({ person }) => (person.diedOn === null ? count : null));
    });
    const told = data._entities.map(
      ({
        residence: own,
      }: {
        residence: { permanent: unknown; household: { memberCount: number } | null };
      }) => [own.permanent !== null, own.household?.memberCount ?? null],
    );
    expect(told).toEqual(living.map((count) => [count !== null, count]));
  });
});
