import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personaHouseholds, type Person } from '#db/population';
import { residence } from '../../../subgraphs/residence/index.ts';
import { startAgencyUnderTest, testAsOf } from '../../support/agency-under-test.ts';

const people = personaHouseholds(testAsOf).flatMap(({ members }) => members.map(({ person }) => person));

let agency: Awaited<ReturnType<typeof startAgencyUnderTest>>;
beforeAll(async () => {
  agency = await startAgencyUnderTest(residence);
});
afterAll(() => agency.close());

const ask = async (persona: string, selection: string) => {
  const person = people.find((one) => one.persona === persona);
  const { data, errors } = await agency.entities([person?.citizenId ?? ''], `residence { ${selection} }`);
  expect(errors).toBeUndefined();
  return data._entities[0].residence;
};

const place = 'address { province { code name } scheme mappingStatus normalised { province { code name } } }';

describe('personas', () => {
  test('a merged province shows the old text and today’s unit', async () => {
    const { permanent } = await ask('merged-province', `permanent { ${place} }`);
    expect(permanent.address).toMatchObject({ scheme: 'PRE_2025_07', mappingStatus: 'EXACT' });
    expect(permanent.address.province.code).toBe('74');
    expect(permanent.address.normalised.province.code).toBe('79');
  });

  test.each([
    ['ambiguous-ward', 'SPLIT_AMBIGUOUS'],
    ['unmapped-ward', 'UNMAPPED'],
  ])('%s has no unit of today: %s', async (persona, mappingStatus) => {
    const { permanent } = await ask(persona, `permanent { ${place} }`);
    expect(permanent.address).toMatchObject({ mappingStatus, normalised: null });
  });

  test('temporary-resident lives away from the permanent address', async () => {
    const kinds =
      'permanent { type } temporary { type status } temporaryAbsence { type } currentAbode { type }';
    expect(await ask('temporary-resident', kinds)).toEqual({
      permanent: { type: 'PERMANENT' },
      temporary: { type: 'TEMPORARY', status: 'ACTIVE' },
      temporaryAbsence: { type: 'TEMPORARY_ABSENCE' },
      currentAbode: { type: 'CURRENT_ABODE' },
    });
  });

  test('deceased was removed, and the spouse’s household is one smaller', async () => {
    const left = 'permanent { type } household { memberCount } history { nodes { removalReason } }';
    const dead = await ask('deceased', left);
    expect(dead).toMatchObject({ permanent: null, household: null });
    expect(dead.history.nodes[0]).toEqual({ removalReason: 'DIED' });
    expect((await ask('surviving-spouse', left)).household).toEqual({ memberCount: 1 });
  });

  test('a child reads the parents masked', async () => {
    const { household } = await ask(
      'child-6',
      'household { relationToHead memberCount headName members { relationToHead maskedName } }',
    );
    expect(household).toMatchObject({ relationToHead: 'CHILD', memberCount: 4, headName: 'N*** V*** A***' });
    expect(household.members).toContainEqual({ relationToHead: 'SPOUSE', maskedName: 'T*** T*** B***' });
  });

  test('a name that came decomposed is kept composed', async () => {
    const { confirmation } = await ask('nfd-name', 'confirmation { applicant { fullName } }');
    expect(confirmation.applicant.fullName).toBe('Đặng Thị Tuyết'.normalize('NFC'));
  });

  test('each has a file with the integration status told of the person', async () => {
    const ids = people.map(({ citizenId }) => citizenId);
    const { data, errors } = await agency.entities(ids, 'residence { source { agency integrationStatus } }');
    expect(errors).toBeUndefined();
    const statusOf = ({ integration, account }: Person): string =>
      integration.residence ?? (account?.level === 2 ? 'INTEGRATED' : 'NOT_REQUESTED');
    expect(data._entities).toEqual(
      people.map((person) => ({
        residence: { source: { agency: 'residence', integrationStatus: statusOf(person) } },
      })),
    );
  });
});
