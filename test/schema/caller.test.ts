import { describe, expect, it } from 'vitest';
import { isCaller, roleNames } from '#schema';

const purpose = { code: 'loan', legalReference: null, caseNumber: null, justification: null };
const whole = { kind: 'signed-in', sub: 'a', clientId: 'bank', level: 2, roles: ['officer'], purpose };
const without = (name: string) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));

describe('a caller', () => {
  it.each<readonly [string, unknown]>([
    ['nobody', { kind: 'anonymous' }],
    ['an officer', whole],
    ['a citizen', { ...whole, roles: [], purpose: null }],
    ['without a level', { ...whole, level: 0 }],
    ['at level 1', { ...whole, level: 1 }],
    ['with every role', { ...whole, roles: [...roleNames] }],
    [
      'with a case',
      { ...whole, purpose: { ...purpose, legalReference: 'Law 1', caseNumber: '2', justification: 'x' } },
    ],
  ])('%s', (_, value) => {
    expect(isCaller(value)).toBe(true);
  });

  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'anonymous'],
    ['a list', [whole]],
    ['empty', {}],
    ['of another kind', { ...whole, kind: 'admin' }],
    ['without a kind', without('kind')],
    ['without sub', without('sub')],
    ['with an empty sub', { ...whole, sub: '' }],
    ['with a number for sub', { ...whole, sub: 7 }],
    ['without a client', without('clientId')],
    ['with an empty client', { ...whole, clientId: '' }],
    ['without a level', without('level')],
    ['of level 3', { ...whole, level: 3 }],
    ['of level "2"', { ...whole, level: '2' }],
    ['of level true', { ...whole, level: true }],
    ['without roles', without('roles')],
    ['with roles as text', { ...whole, roles: 'auditor' }],
    ['with an unknown role', { ...whole, roles: ['officer', 'root'] }],
    ['with a role that is no text', { ...whole, roles: [['auditor']] }],
    ['without a purpose or null', without('purpose')],
    ['with a purpose as text', { ...whole, purpose: 'loan' }],
    ['with a purpose without code', { ...whole, purpose: { ...purpose, code: undefined } }],
    ['with an empty purpose code', { ...whole, purpose: { ...purpose, code: '' } }],
    ['with a case number that is a number', { ...whole, purpose: { ...purpose, caseNumber: 17 } }],
    ['with a statute that is missing', { ...whole, purpose: { ...purpose, legalReference: undefined } }],
    ['with a justification that is a list', { ...whole, purpose: { ...purpose, justification: [] } }],
  ])('is not %s', (_, value) => {
    expect(isCaller(value)).toBe(false);
  });
});
