import { expect, it } from 'vitest';
import { withinQuotes } from '../../../../gateway/engine/shape/quote.ts';

const quote = (text: string): string => `"${withinQuotes(text)}"`;

it('writes every code unit as JSON.stringify does, alone and in pairs', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const unit = String.fromCharCode(code);
    if (quote(unit) !== JSON.stringify(unit)) expect(quote(unit)).toBe(JSON.stringify(unit));
    const pair = `${unit}\udc00`;
    if (quote(pair) !== JSON.stringify(pair)) expect(quote(pair)).toBe(JSON.stringify(pair));
  }
});

it.each([
  '',
  'Nguyễn Văn An',
  '"',
  'a\\b',
  'x'.repeat(39),
  'x'.repeat(40),
  'x'.repeat(41),
  `${'y'.repeat(41)}"`,
])('%j', (text) => {
  expect(quote(text)).toBe(JSON.stringify(text));
});
