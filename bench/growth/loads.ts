import { profileQuery } from '../../gateway/explorer/profile-query.ts';
import type { BodyOf } from '../citizens.ts';

/** One kind of request, and how much of what grows it holds. */
export interface GrowthStep {
  readonly amount: number;
  readonly connections: number;
  readonly bodyOf: BodyOf;
}

/** What grows, from small to large. */
export interface GrowthSeries {
  readonly what: string;
  readonly steps: readonly GrowthStep[];
}

/** The fields of the profile query by agency, the one that knows the number first. */
const fields = [
  'id fullName dateOfBirth sex',
  'residence { permanent { address { line ward { code name } province { code name } } registeredFrom } household { relationToHead memberCount } }',
  'idCards { documentType documentNumber issuedOn expiresOn status }',
  'dependants { relation basis }',
  'vehicles { plateNumber plateColour brand model status }',
  'healthInsurance { cardNumber benefitLevel initialFacility { code name } validFrom validTo }',
  'socialInsurance { totalMonths }',
  'healthRecords(first: 10) { nodes { admittedOn facility { name } outcome } pageInfo { hasNextPage endCursor } }',
] as const;

/** One citizen, from so many agencies. */
function askAgencies(count: number): BodyOf {
  const query = `query Some($personalId: PersonalId!) { citizen(personalId: $personalId) { ${fields.slice(0, count).join(' ')} } }`;
  return (next) => JSON.stringify({ query, variables: { personalId: next() } });
}

/** So many citizens, from three agencies. */
function askCitizens(count: number): BodyOf {
  const query = `query List($personalIds: [PersonalId!]!) { citizens(personalIds: $personalIds) { ${fields.slice(0, 3).join(' ')} } }`;
  return (next) => {
    const personalIds = Array.from({ length: count }, next);
    return JSON.stringify({ query, variables: { personalIds } });
  };
}

const profile: BodyOf = (next) => JSON.stringify({ query: profileQuery, variables: { personalId: next() } });

/** Whether what a request costs grows with what it asks for, and not faster. */
export const growthSeries: readonly GrowthSeries[] = [
  {
    what: 'citizens in a list',
    steps: [1, 10, 100].map((amount) => ({ amount, connections: 4, bodyOf: askCitizens(amount) })),
  },
  {
    what: 'agencies touched',
    steps: [1, 4, 8].map((amount) => ({ amount, connections: 10, bodyOf: askAgencies(amount) })),
  },
  {
    what: 'connections',
    steps: [1, 50, 500].map((amount) => ({ amount, connections: amount, bodyOf: profile })),
  },
];
