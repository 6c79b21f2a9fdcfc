import { describe, expect, it } from 'vitest';
import { registeredClients } from '#db/population';
import { guardianCarePurpose, healthCompartments, isScope, scopes } from '#schema';

const purposes = registeredClients.flatMap((client) =>
  client.purposes.map((purpose) => ({ ...purpose, clientId: client.clientId })),
);

describe('the registered clients', () => {
  it('are each named once, one of them first-party', () => {
    const ids = registeredClients.map(({ clientId }) => clientId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      registeredClients.filter(({ isFirstParty }) => isFirstParty).map(({ clientId }) => clientId),
    ).toEqual(['vneid']);
  });

  it('bring the purposes that the stories need', () => {
    const listed = purposes.map(({ clientId, code, legalBasis }) => `${clientId} ${code} ${legalBasis}`);
    expect(listed).toEqual([
      `vneid ${guardianCarePurpose} CONSENT`,
      'bank-loans loan-assessment CONSENT',
      'hospital treatment CONSENT',
      'land-registry land-registration STATUTE',
      'school school-enrolment CONSENT',
      'traffic-police traffic-check STATUTE',
    ]);
  });
});

describe.each(purposes.map((purpose) => [purpose.code, purpose] as const))('the purpose %s', (_, purpose) => {
  it('names scopes of the list, each once, and compartments only with the records they are part of', () => {
    expect(purpose.scopes.filter((scope) => !isScope(scope))).toEqual([]);
    expect(new Set(purpose.scopes).size).toBe(purpose.scopes.length);
    for (const scope of purpose.scopes.filter(isScope)) {
      const entry = scopes[scope];
      if ('compartmentOf' in entry) expect(purpose.scopes).toContain(entry.compartmentOf);
    }
  });

  it('names its statute, exactly when it rests on one', () => {
    expect(purpose.legalReference !== null).toBe(purpose.legalBasis === 'STATUTE');
  });

  it('has its wording in both languages, in versions from 1 on', () => {
    expect(purpose.notices.map(({ version }) => version)).toEqual(
      purpose.notices.map((__, index) => index + 1),
    );
    for (const { en, vi } of purpose.notices)
      expect([en.length > 80, /\p{L}\u0300?[ạảấềệịọốộớợụứữ]/u.test(vi)]).toEqual([true, true]);
    for (const { vi } of purpose.notices) expect(vi).toBe(vi.normalize('NFC'));
  });
});

it('a parent or guardian may be shown every compartment of the health records, and nothing else', () => {
  const care = purposes.find(({ code }) => code === guardianCarePurpose);
  expect(care?.scopes).toEqual([
    'HEALTH_RECORDS',
    ...healthCompartments.map((name) => `HEALTH_RECORDS.${name}`),
  ]);
});

it('one purpose has a second wording', () => {
  expect(purposes.filter(({ notices }) => notices.length === 2).map(({ code }) => code)).toEqual([
    'treatment',
  ]);
});
