import { describe, expect, it } from 'vitest';
import { decide } from '#kit';
import { reasons, type Decision } from '#schema';
import { callerCases, emergencyCases, statuteCases } from './cases/app.ts';
import { consentCases } from './cases/consent.ts';
import { guardianCases } from './cases/guardian.ts';
import { selfCases } from './cases/self.ts';
import { clock, operationId, subjectOf, type Case } from './people.ts';

const tables: Readonly<Record<string, readonly Case[]>> = {
  'who may ask': callerCases,
  SELF: selfCases,
  GUARDIAN: guardianCases,
  CONSENT: consentCases,
  STATUTE: statuteCases,
  EMERGENCY: emergencyCases,
};

const textOf = (decision: Decision): string => {
  if (!decision.isAllowed) return decision.reason;
  const by = decision.grantId === null ? '' : ` by ${decision.grantId}`;
  return `${decision.basis}${by}${decision.isOneTime ? ', once' : ''}`;
};

describe.each(Object.entries(tables))('%s', (_, cases) => {
  it.each(cases)('%s', (_, caller, need, facts, expected) => {
    const ask = { caller, need, subject: subjectOf(facts), operationId };
    expect(textOf(decide(ask, facts, clock))).toBe(expected);
  });
});

describe('the table', () => {
  const all = Object.values(tables).flat();
  /** Reasons that others give: the gateway, the door, the limits, and what could not be asked. */
  const elsewhere = [
    'CALLER_TOKEN_INVALID',
    'TOKEN_INVALID',
    'AGENCY_UNAVAILABLE',
    'SUBJECT_LIMIT',
    'SUBJECT_BUDGET',
  ];

  it('is a table of at least 150 different cases', () => {
    for (const cases of Object.values(tables))
      expect(new Set(cases.map(([what]) => what)).size).toBe(cases.length);
    expect(all.length).toBeGreaterThanOrEqual(150);
  });

  it('names every reason that a decision can give, and every basis', () => {
    const outcomes = new Set(all.map(([, , , , expected]) => expected.replace(/( by .*)|(, once)/g, '')));
    const expected = Object.keys(reasons).filter((reason) => !elsewhere.includes(reason));
    expect([...outcomes].sort()).toEqual(
      [...expected, 'SELF', 'CONSENT', 'GUARDIAN', 'STATUTE', 'EMERGENCY', 'AUDIT'].sort(),
    );
  });
});
