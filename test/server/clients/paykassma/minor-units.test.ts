/** Amounts are converted to Paykassma's decimals and back without floating point. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalText, minorUnits } from '../../../../server/clients/paykassma/exact-json.ts';

test('a conversion there and back gives the same amount, in every currency', () => {
  const money = fc.record({ minor: fc.maxSafeNat(), digits: fc.integer({ min: 0, max: 4 }) });
  fc.assert(
    fc.property(money, ({ minor, digits }) => {
      const text = decimalText(minor, digits);
      assert.equal(minorUnits(text, digits), minor);
      assert.match(text, /^(0|[1-9]\d*)(\.\d*[1-9])?$/);
      assert.doesNotThrow(() => JSON.parse(text));
    }),
  );
});

test('an amount is written in its shortest form', () => {
  const written = [
    [600_000, 2, '6000'],
    [600_050, 2, '6000.5'],
    [435, 2, '4.35'],
    [5, 2, '0.05'],
    [0, 2, '0'],
    [7, 0, '7'],
    [7, 3, '0.007'],
  ] as const;
  for (const [minor, digits, text] of written) assert.equal(decimalText(minor, digits), text);
});

test('every JSON spelling of a number is read', () => {
  const read: [string, number, number | 'inexact' | undefined][] = [
    ['4.35', 2, 435],
    ['4.350', 2, 435],
    ['6000', 2, 600_000],
    ['006000', 2, 600_000],
    ['6e3', 2, 600_000],
    ['6.0E+3', 2, 600_000],
    ['435e-2', 2, 435],
    ['435e-2', 1, 'inexact'],
    ['4.355', 2, 'inexact'],
    ['0.30000000000000004', 2, 'inexact'],
    ['90071992547409.91', 2, Number.MAX_SAFE_INTEGER],
    ['90071992547409.92', 2, 'inexact'],
    ['1.0e+25', 2, 'inexact'],
    ['1e999999999', 2, 'inexact'],
    ['1e-999999999', 2, 'inexact'],
    ['0e5', 2, 0],
    ['9'.repeat(400), 2, 'inexact'],
    ['-1', 2, undefined],
    ['-0', 2, undefined],
    ['', 2, undefined],
    [' 1', 2, undefined],
    ['1,000', 2, undefined],
    ['.5', 2, undefined],
    ['5.', 2, undefined],
    ['Infinity', 2, undefined],
    ['0x10', 2, undefined],
    ['၅', 2, undefined],
  ];
  for (const [text, digits, minor] of read) assert.equal(minorUnits(text, digits), minor, text);
});
