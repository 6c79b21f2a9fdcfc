import { expect, test } from 'vitest';
import { carriedTo, keepAttested, type KeptFacts } from '../../gateway/attested-facts.ts';

const macs = { population: 'mac-p', residence: 'mac-r', vehicles: 'mac-v' };
const attestation = (text: string, subject = 'citizen') => ({ subject, text, macs });

function keep(...told: readonly (readonly [agency: string, facts: unknown])[]): KeptFacts[] {
  const kept: KeptFacts[] = [];
  for (const [agency, facts] of told) keepAttested(kept, agency, { decisions: [], facts });
  return kept;
}
const carried = (
  agency: string,
  kept: readonly KeptFacts[],
  ids: readonly unknown[] = ['citizen'],
): unknown => JSON.parse(carriedTo(agency, kept, ids) ?? '[]');

test('what one agency was told goes to another with its own signature alone', () => {
  const kept = keep(['population', [attestation('{"a":"\\""}')]]);
  expect(carried('residence', kept)).toEqual([{ text: '{"a":"\\""}', mac: 'mac-r' }]);
  expect(carried('vehicles', kept)).toEqual([{ text: '{"a":"\\""}', mac: 'mac-v' }]);
});

test('who told it, and whom it was not signed for, gets nothing', () => {
  const kept = keep(['population', [attestation('a')]]);
  expect(carriedTo('population', kept, ['citizen'])).toBeUndefined();
  expect(carriedTo('stranger', kept, ['citizen'])).toBeUndefined();
  expect(carriedTo('constructor', kept, ['citizen'])).toBeUndefined();
  expect(carriedTo('residence', [], ['citizen'])).toBeUndefined();
});

test('an agency is told of those alone whom it is asked about', () => {
  const kept = keep(['population', [attestation('a', 'parent'), attestation('b', 'child')]]);
  expect(carried('residence', kept, ['parent'])).toEqual([{ text: 'a', mac: 'mac-r' }]);
  expect(carried('residence', kept, ['child', 'else'])).toEqual([{ text: 'b', mac: 'mac-r' }]);
  expect(carried('residence', kept, ['parent', 'child'])).toHaveLength(2);
  expect(carriedTo('residence', kept, ['else', undefined])).toBeUndefined();
  expect(carriedTo('residence', kept, [])).toBeUndefined();
});

test('the same is kept once', () => {
  const kept = keep(['population', [attestation('a')]], ['dependants', [attestation('a'), attestation('b')]]);
  expect(carried('residence', kept)).toEqual([
    { text: 'a', mac: 'mac-r' },
    { text: 'b', mac: 'mac-r' },
  ]);
});

test.each<readonly [string, unknown]>([
  ['no list', { 0: attestation('a') }],
  ['nothing', undefined],
  ['texts', ['a']],
  ['nobody’s', [{ text: 'a', macs }]],
  ['no text', [{ subject: 'a', macs }]],
  ['no signatures', [{ subject: 'a', text: 'a' }]],
  ['signatures that are none', [{ subject: 'a', text: 'a', macs: { residence: 7 } }]],
  ['a list of signatures', [{ subject: 'a', text: 'a', macs: ['mac'] }]],
  ['too long a text', [attestation('a'.repeat(262_145))]],
])('%s is not kept', (_, facts) => {
  expect(keep(['population', facts])).toEqual([]);
});

test('an operation carries no more than the facts of 100 people with 10 dependants each, and half a megabyte', () => {
  const many = Array.from({ length: 1150 }, (_, index) => attestation(`${index}`));
  expect(keep(['population', many])).toHaveLength(1100);
  const long = ['a', 'b', 'c'].map((letter) => attestation(letter.repeat(200_000)));
  expect(keep(['population', long])).toHaveLength(2);
});
