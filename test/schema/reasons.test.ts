import { describe, expect, it } from 'vitest';
import { describeRefusal, isPublicErrorCode, isReason, reasons, type Reason } from '#schema';

const codes = [
  'UNAUTHENTICATED',
  'LEVEL_TOO_LOW',
  'CONSENT_REQUIRED',
  'FORBIDDEN',
  'CONSENT_UNDECIDABLE',
  'TOO_MANY_SUBJECTS',
];
const all = Object.entries(reasons);

describe('the table of reasons', () => {
  it.each(all)('%s says what happened and what to do, in both languages', (_, { code, what, howTo }) => {
    expect(codes).toContain(code);
    for (const sentence of [what.en, what.vi, howTo.en, howTo.vi])
      expect(sentence).toMatch(/^\p{Lu}.*[.…"]$/u);
    for (const sentence of [what.vi, howTo.vi])
      expect(sentence).toMatch(/[ăâđêôơưạảấầẩậắằặẹẻếềểệịọỏốồổộớờởợụủứừửữự]/i);
    expect(what.en).not.toBe(howTo.en);
  });

  it('uses every code, and each is a public one', () => {
    expect(new Set(all.map(([, { code }]) => code))).toEqual(new Set(codes));
    expect(codes.filter((code) => !isPublicErrorCode(code))).toEqual([]);
  });

  it('has the reasons that the law and the clients were promised', () => {
    const promised = [
      ...['LEVEL_TOO_LOW', 'NO_CONSENT', 'CONSENT_EXPIRED', 'CONSENT_WITHDRAWN', 'PURPOSE_MISMATCH'],
      ...['FIELD_NOT_IN_PURPOSE', 'NOT_REPRESENTATIVE', 'CHILD_CO_CONSENT_REQUIRED', 'SUBJECT_LOCKED'],
      ...['AGENCY_UNAVAILABLE', 'NOT_FOUND', 'NOT_INTEGRATED', 'STALE'],
    ];
    expect(promised.filter((reason) => !isReason(reason))).toEqual([]);
  });

  it('knows its own names only', () => {
    expect([...Object.keys(reasons)].every(isReason)).toBe(true);
    expect(['toString', '__proto__', '', 'no_consent', null, undefined, 7].some(isReason)).toBe(false);
  });
});

describe('a refusal', () => {
  it('is the sentence of its reason, with what to do next', () => {
    expect(describeRefusal('CONSENT_WITHDRAWN', 'RESIDENCE')).toEqual({
      message: reasons.CONSENT_WITHDRAWN.what.en,
      extensions: {
        code: 'CONSENT_REQUIRED',
        reason: 'CONSENT_WITHDRAWN',
        scope: 'RESIDENCE',
        howTo: reasons.CONSENT_WITHDRAWN.howTo,
      },
    });
  });

  it('names no scope when none is to be told', () => {
    for (const reason of Object.keys(reasons) as Reason[])
      expect(describeRefusal(reason, null).extensions).toMatchObject({ reason, scope: null });
  });
});
