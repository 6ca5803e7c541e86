/** A typed amount is read as an integer of minor units, or as nothing. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseAmount } from '../../../demo/page/money.ts';
import { formatAmount } from '../../../demo/shop/pages/product-page.ts';

describe('a typed amount', () => {
  it('is read from its decimal text', () => {
    assert.equal(parseAmount('25.00', 'PLN'), 2500);
    assert.equal(parseAmount('4,35', 'PLN'), 435);
    assert.equal(parseAmount('6 000', 'MMK'), 600_000);
    assert.equal(parseAmount('1500', 'JPY'), 1500);
  });

  it('is null where it is not an amount of that currency', () => {
    for (const typed of ['', '0', '0.00', '-1', '1e3', '1.234', '12.5.0', 'abc', 'NaN', '9'.repeat(13)]) {
      assert.equal(parseAmount(typed, 'PLN'), null, typed);
    }
    assert.equal(parseAmount('15.5', 'JPY'), null);
  });

  it('is read back from what the shop formats', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.constantFrom('PLN', 'JPY', 'KWD'), (amount, currency) => {
        const [written = ''] = formatAmount(amount, currency).split(' ');
        assert.equal(parseAmount(written.replaceAll(',', ''), currency), amount);
      }),
    );
  });
});
