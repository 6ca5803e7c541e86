/** What is bought, as it is reported to the tax office: together never more than what is paid. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiptDetail } from '../../../../server/methods/card/receipt.ts';

const item = (price: number, count: number) => ({ title: 'Book', price, count, code: '1', vatPercent: 12, packageCode: '2' });
const offOf = (items: object[], discount: number) => (receiptDetail({ items, discount })?.items ?? []).map((one) => one.discount);

test('without a discount, or without items, nothing is taken off', () => {
  assert.deepEqual(offOf([item(100, 2), item(50, 1)], 0), [undefined, undefined]);
  assert.equal(receiptDetail({ items: null, discount: 100 }), undefined);
});

test('a discount is taken off each item by its part of the price, to the last tiyin', () => {
  assert.deepEqual(offOf([item(100, 2), item(50, 1)], 25), [20, 5]);
  assert.deepEqual(offOf([item(1, 1), item(1, 1), item(1, 1)], 2), [undefined, 1, 1]);
  assert.deepEqual(offOf([item(0, 1), item(300, 1)], 100), [undefined, 100], 'a gift');
});

test('no item becomes cheaper than free, and large sums stay exact', () => {
  assert.deepEqual(offOf([item(100, 1), item(50, 1)], 1_000), [100, 50]);
  const [first, last] = offOf([item(333_333_333_333, 3), item(1, 1)], 999_999_999_999);
  assert.equal((first ?? 0) + (last ?? 0), 999_999_999_999);
});
