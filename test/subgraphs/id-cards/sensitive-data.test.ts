import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeDefsOf, type Scope } from '#schema';
import { readMarkedSdl } from '../../../schema/marked-sdl.ts';
import { idCards } from '../../../subgraphs/id-cards/index.ts';
import { openAgencyUnderTest, startAgencyUnderTest } from '../../support/agency-under-test.ts';
import { statuteRegister } from '../../support/callers.ts';
import { askEverybody, ordinary } from './everybody.ts';
import { believer, holder, household, oldPaper, undocumented } from './people.ts';

type Agency = Awaited<ReturnType<typeof startAgencyUnderTest>>;
type Told = Record<string, unknown>;

let agency: Agency;
/** The same rows, asked by those whose one basis covers one scope. */
let ofCards: Agency;
let ofSensitive: Agency;
beforeAll(async () => {
  agency = await startAgencyUnderTest(idCards, { households: [household, ...ordinary] });
  const openFor = (scope: Scope) =>
    openAgencyUnderTest(idCards, agency.url, { facts: statuteRegister([scope]) });
  [ofCards, ofSensitive] = await Promise.all([openFor('ID_CARDS'), openFor('PERSONAL_SENSITIVE')]);
});
afterAll(() => Promise.all([agency, ofCards, ofSensitive].map((each) => each.close())));

const sensitive =
  'idCardSensitiveData { issuedOn ethnicity { code name } religion { code name } bloodType source { agency integrationStatus } }';
const cards = `idCards { documentType documentTypeName documentNumber fullNameAtBirth dateOfBirth sex nationality placeOfOrigin
  placeOfBirthRegistration permanentResidence placeOfResidence personalFeatures issuedOn expiresOn issuingAuthority status
  statusReason replacedBy { documentNumber } reissueReason isCurrent isPhysical hasPortrait expiryMilestone { on } daysToExpiry
  identifiers { value } qrText chip { otherNames oldNumber relatives { maskedName } } source { asOf } }`;

describe('what chips tell that is sensitive', () => {
  const source = { agency: 'id-cards', integrationStatus: 'INTEGRATED' };
  const kinh = { ethnicity: { code: '01', name: 'Kinh' }, religion: null, bloodType: 'O+', source };
  const khmer = {
    ethnicity: { code: '05', name: 'Khmer' },
    religion: { code: '01', name: 'Phật giáo' },
    bloodType: null,
    source,
  };

  test.each([
    [
      'one entry for each chip, newest first',
      holder.citizenId,
      [
        { ...kinh, issuedOn: '2024-08-15' },
        { ...kinh, issuedOn: '2021-03-15' },
      ],
    ],
    ['a religion, and no blood type on record', believer.citizenId, [{ ...khmer, issuedOn: '2024-09-10' }]],
    ['a document without a chip', oldPaper.citizenId, []],
    ['no document', undocumented.citizenId, []],
    ['nobody knows', '7b0d2c4e-1f3a-4c5d-8e6f-a1b2c3d4e5f6', []],
  ])('%s', async (_, id, expected) => {
    const { data, errors } = await agency.entities([id], sensitive);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ idCardSensitiveData: expected }]);
  });

  test('the day of issue tells which document an entry belongs to', async () => {
    const selection = 'idCards { issuedOn chip { oldNumber } } idCardSensitiveData { issuedOn }';
    const people = await askEverybody<{ idCards: Told[]; idCardSensitiveData: Told[] }>(agency, selection);
    for (const person of people) {
      const days = person.idCards.filter(({ chip }) => chip !== null).map(({ issuedOn }) => issuedOn);
      expect(new Set(days).size).toBe(days.length);
      expect(person.idCardSensitiveData.map(({ issuedOn }) => issuedOn)).toEqual(
        days.toSorted().toReversed(),
      );
    }
    expect(people.flatMap((person) => person.idCardSensitiveData).length).toBeGreaterThan(200);
  });

  test('takes one statement, for 100 citizens as for one', async () => {
    const others = ordinary.flatMap(({ members }) => members.map(({ person }) => person.citizenId));
    for (const ids of [[holder.citizenId], [...others.slice(0, 99), holder.citizenId]]) {
      agency.statements.length = 0;
      const { data, errors } = await agency.entities(ids, sensitive);
      expect(errors).toBeUndefined();
      expect(data._entities).toHaveLength(ids.length);
      expect(agency.statements).toHaveLength(1);
    }
  });
});

describe('each scope opens its own part of the chip', () => {
  test('nothing that `idCards` leads to is named after what needs PERSONAL_SENSITIVE', () => {
    const { types, coverage } = readMarkedSdl({ name: 'id-cards', document: typeDefsOf('id-cards') });
    const below = [...types.values()].filter(({ name }) =>
      coverage.get(name)?.some(({ coordinate }) => coordinate === 'Citizen.idCards'),
    );
    const fields = below.flatMap((type) => type.fields.map((field) => `${type.name}.${field.name.value}`));
    expect(fields).toContain('IdCardChip.otherNames');
    expect(fields.filter((field) => /ethnic|religio|blood/i.test(field))).toEqual([]);
  });

  const ask = async (from: Agency) => {
    from.statements.length = 0;
    const { data, errors = [] } = await from.entities([believer.citizenId], `${cards} ${sensitive}`);
    const [entity] = data._entities as Record<string, Told[] | null>[];
    const refused = errors.map(({ path, extensions }) => [(path as unknown[]).at(-1), extensions.scope]);
    return { entity, refused, text: JSON.stringify(entity), statements: from.statements.join('\n') };
  };

  test('the documents without ethnic group, religion and blood type, which are not even read', async () => {
    const { entity, refused, text, statements } = await ask(ofCards);
    expect(refused).toEqual([['idCardSensitiveData', 'PERSONAL_SENSITIVE']]);
    expect(entity?.['idCards']?.[0]?.['chip']).not.toBeNull();
    expect(text).not.toMatch(/Khmer|Phật giáo/);
    expect(statements).toContain('card_chips');
    expect(statements).not.toMatch(/ethnicity|religion|blood/);
  });

  test('the sensitive part without name, number and relatives, which are not even read', async () => {
    const { entity, refused, text, statements } = await ask(ofSensitive);
    expect(refused).toEqual([['idCards', 'ID_CARDS']]);
    expect(entity?.['idCardSensitiveData']).toHaveLength(1);
    expect(text).not.toMatch(/099098123456|099123456|\*\*\*/);
    expect(statements).toContain('card_chips');
    expect(statements).not.toMatch(/number|full_name|other_names|father|mother|spouse|residence/);
  });
});
