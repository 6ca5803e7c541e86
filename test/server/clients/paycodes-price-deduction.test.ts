/** The deduction of a discount rule: read where the setting points, in every spelling, and never guessed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priceDeductionOf } from '../../../server/clients/paycodes/answers.ts';

const at = (price_deduction: unknown) => priceDeductionOf({ config: { price_deduction } });

test('an amount and a percentage are read, also from numbers written as text', () => {
  assert.deepEqual(at({ type: 'amount', value: 500 }), { type: 'amount', value: 500 });
  assert.deepEqual(at({ type: 'percent', value: '10' }), { type: 'percent', value: 10 });
  assert.deepEqual(at({ type: 'percent', value: 100, since: 2014 }), { type: 'percent', value: 100 });
  assert.deepEqual(at({ type: 'amount', value: 0 }), { type: 'amount', value: 0 });
});

test('a deduction can be nested, where the setting points', () => {
  const config = { shop: { off: { type: 'amount', value: 5 } }, price_deduction: { type: 'percent', value: 1 } };
  assert.deepEqual(priceDeductionOf({ config }, 'shop.off'), { type: 'amount', value: 5 });
});

test('a rule without a deduction has none', () => {
  for (const config of [{}, { price_deduction: null }, { test: 'test' }]) assert.equal(priceDeductionOf({ config }), null);
  for (const path of ['shop.off', 'price.off.more', 'toString', '__proto__.type', '']) {
    assert.equal(priceDeductionOf({ config: { price: {} } }, path), null, path);
  }
  assert.equal(priceDeductionOf({ config: { shop: null } }, 'shop.off'), null);
});

const unreadable: unknown[] = [
  10,
  '10%',
  false,
  [],
  {},
  { type: 'gift', value: 10 },
  { type: 'Percent', value: 10 },
  { value: 10 },
  { type: 'percent' },
  { type: 'percent', value: null },
  { type: 'percent', value: 10.5 },
  { type: 'percent', value: '10 %' },
  { type: 'percent', value: -1 },
  { type: 'percent', value: 101 },
  { type: 'amount', value: -500 },
  { type: 'amount', value: '5.00' },
  { type: 'amount', value: 2 ** 60 },
];
for (const deduction of unreadable) {
  test(`${JSON.stringify(deduction)} is neither empty nor a known deduction`, () => assert.equal(at(deduction), 'unreadable'));
}

test('an unexpected value on the path to the deduction is not read as "none"', () => {
  assert.equal(priceDeductionOf({ config: { shop: 'ten percent' } }, 'shop.off'), 'unreadable');
  assert.equal(priceDeductionOf({ config: { shop: [{ type: 'amount', value: 5 }] } }, 'shop.0'), 'unreadable');
});
