import { connectDatabase } from '#db';
import { personaHouseholds, type Person } from '#db/population';
import type { Caller } from '#schema';
import { consent } from '../../../subgraphs/consent/index.ts';
import {
  startAgencyUnderTest,
  testAsOf,
  testNow,
  type AgencyTestOptions,
} from '../../support/agency-under-test.ts';
import { appCaller, citizenCaller } from '../../support/callers.ts';

const people = personaHouseholds(testAsOf).flatMap(({ members }) => members.map(({ person }) => person));
const named = new Map(people.map((person) => [person.persona, person]));

export function persona(name: string): Person {
  const person = named.get(name);
  if (!person) throw new Error(`There is no ${name}.`);
  return person;
}

export const idOf = (name: string): string => persona(name).citizenId;
export const numberOf = (name: string): string =>
  persona(name).identifiers.find(({ type, validTo }) => type === 'PERSONAL_ID' && validTo === null)?.value ??
  '';
export const as = (name: string, level: 1 | 2 = 2): Caller => citizenCaller(idOf(name), level);

export const bank = appCaller('bank-loans', 'loan-assessment');
export const hospital = appCaller('hospital', 'treatment');
export const unknownNumber = '099999999999';
export const unknownId = '00000000-0000-4000-8000-000000000000';

type Under = Awaited<ReturnType<typeof startAgencyUnderTest>>;

/** Accounts of level 2 for people whom the population gave none. */
async function giveAccounts(url: string, names: readonly string[]): Promise<void> {
  const database = connectDatabase({ url });
  const ids = names.map(idOf);
  await database.sql`update subjects set account_level = 2, account_state = 'ACTIVE' where citizen_id = any(${ids})`;
  await database.close();
}

const ask = `mutation ($personalId: PersonalId!, $scopes: [String!]!, $oneTime: Boolean! = false, $validDays: Int) {
  requestConsent(personalId: $personalId, scopes: $scopes, oneTime: $oneTime, validDays: $validDays) { requestId status expiresAt } }`;
const give = `mutation ($requestId: ID!, $scopes: [String!]!, $noticeVersion: Int! = 1, $language: String! = "vi") {
  giveConsent(requestId: $requestId, scopes: $scopes, noticeVersion: $noticeVersion, language: $language) {
    requestId status awaiting grantId scopes validTo evidenceHash } }`;
const refuse =
  'mutation ($requestId: ID!) { refuseConsent(requestId: $requestId) { requestId status awaiting } }';
const withdraw =
  'mutation ($grantId: ID!) { withdrawConsent(grantId: $grantId) { grantId status withdrawnAt withdrawnBy } }';
const state = 'query ($id: ID!) { consentRequest(id: $id) { requestId status grantedScopes } }';

/** The register's graph with one function per field. */
export async function openRegister(
  options: AgencyTestOptions & { readonly accounts?: readonly string[] } = {},
) {
  const { accounts = [], ...rest } = options;
  const under: Under = await startAgencyUnderTest(consent, rest);
  await giveAccounts(under.url, accounts);
  const database = connectDatabase({ url: under.url });
  const { query } = under;
  const close = async (): Promise<void> => {
    await database.close();
    await under.close();
  };
  return {
    ...under,
    database,
    close,
    ask: (who: Caller, variables: Record<string, unknown>) => query(ask, variables, who),
    give: (who: Caller, variables: Record<string, unknown>) => query(give, variables, who),
    refuse: (who: Caller, requestId: string) => query(refuse, { requestId }, who),
    withdraw: (who: Caller, grantId: string) => query(withdraw, { grantId }, who),
    state: (who: Caller, id: string) => query(state, { id }, who),
    /** Asks and answers with the id of the request. */
    askFor: async (who: Caller, name: string, scopes: readonly string[], more: object = {}) => {
      const { data } = await query(ask, { personalId: numberOf(name), scopes, ...more }, who);
      return data.requestConsent.requestId as string;
    },
  };
}

export type Register = Awaited<ReturnType<typeof openRegister>>;
export { testNow };
