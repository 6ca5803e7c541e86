/** A rule's price in minor units: exact, or null. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { priceInMinorUnits } from '../../../server/clients/paycodes/answers.ts';

const cases: [number, number, number, number | undefined][] = [
  [2500, 2, 2, 2500],
  [25, 0, 2, 2500],
  [435, 1, 2, 4350],
  [25000, 3, 2, 2500],
  [25001, 3, 2, undefined],
  [2500, 2, 0, 25],
  [5, 2, 0, undefined],
  [0, 3, 0, 0],
  [-1, 2, 2, undefined],
  [1.5, 2, 2, undefined],
  [Number.MAX_SAFE_INTEGER, 0, 2, undefined],
];
for (const [price, scale, digits, amount] of cases) {
  test(`${price} at scale ${scale} in a currency of ${digits} digits is ${amount ?? 'no amount'}`, () =>
    assert.equal(priceInMinorUnits(price, { scale, digits }), amount));
}

test('agrees with exact arithmetic', () => {
  const power = (exponent: number) => 10n ** BigInt(exponent);
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(4), fc.nat(4), (price, scale, digits) => {
      const scaled = BigInt(price) * power(digits);
      const exact = scaled % power(scale) === 0n ? scaled / power(scale) : undefined;
      const expected = exact !== undefined && exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : undefined;
      assert.equal(priceInMinorUnits(price, { scale, digits }), expected);
    }),
  );
});
