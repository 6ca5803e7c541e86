/** How much a discount code reduces what is due: in whole minor units, the rest rounded up, never more than is due. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { GetCodeAnswer } from '../../../../server/clients/paycodes/answers.ts';
import { discountAmount } from '../../../../server/methods/pay-code/pricing.ts';

const answer = (config: object): GetCodeAnswer => ({
  kind: 'found',
  code: {
    id: 7,
    code: 'DISC10PC',
    ruleSlug: 'demo-discount',
    useTime: null,
    client: null,
    startTime: null,
    endTime: null,
    isActive: true,
  },
  rule: { slug: 'demo-discount', isActive: true, price: 0, config: { ...config } },
  pattern: null,
});
const off = (type: string, value: unknown, due: number, { priceScale = 2, currency = 'PLN', path = 'price_deduction' } = {}) =>
  discountAmount(answer({ price_deduction: { type, value } }), { priceScale, currency }, due, { deductionPath: path });

describe('a discount in percent', () => {
  const cases: [percent: number, due: number, rest: number][] = [
    [0, 2500, 2500],
    [1, 2500, 2475],
    [1, 99, 99],
    [1, 101, 100],
    [10, 2777, 2500],
    [33, 1000, 670],
    [33, 10, 7],
    [33, 1, 1],
    [99, 2500, 25],
    [99, 2501, 26],
    [99, 1, 1],
    [100, 1, 0],
    [100, 2500, 0],
    [29, 100, 71],
    [57, 100, 43],
  ];
  for (const [percent, due, rest] of cases)
    it(`of ${percent} leaves ${rest} of ${due}`, () => assert.equal(due - (off('percent', percent, due) ?? Number.NaN), rest));

  it('is exact for any amount that an integer holds: never a unit too much, never one too little', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.integer({ min: 0, max: 100 }), (due, percent) => {
        const rest = BigInt(due - (off('percent', percent, due) ?? Number.NaN));
        const wanted = BigInt(due) * BigInt(100 - percent);
        assert.ok(rest * 100n >= wanted && (rest - 1n) * 100n < wanted, `${due} ${percent} ${rest}`);
      }),
    );
  });

  for (const value of [101, -1, 12.5, '10,5', '', null, true, 1_000])
    it(`of ${JSON.stringify(value)} is none`, () => assert.equal(off('percent', value, 2500), undefined));
});

describe('a discount in money', () => {
  it('reduces by its amount, and by no more than is due', () => {
    assert.equal(off('amount', 500, 2500), 500);
    assert.equal(off('amount', 500, 500), 500);
    assert.equal(off('amount', 500, 499), 499);
    assert.equal(off('amount', 0, 2500), 0);
    assert.equal(off('amount', '500', 2500), 500);
  });

  it('is read in the unit of the rule’s price', () => {
    assert.equal(off('amount', 5, 2500, { priceScale: 0 }), 500);
    assert.equal(off('amount', 50_000, 2500, { priceScale: 4 }), 500);
    assert.equal(off('amount', 50_001, 2500, { priceScale: 4 }), undefined, 'finer than the currency');
    assert.equal(off('amount', 500, 2500, { priceScale: 2, currency: 'JPY' }), 5);
    assert.equal(off('amount', 501, 2500, { priceScale: 2, currency: 'JPY' }), undefined);
  });

  for (const value of [-1, 12.5, Number.MAX_SAFE_INTEGER + 1, 'a mug', null])
    it(`of ${JSON.stringify(value)} is none`, () => assert.equal(off('amount', value, 2500), undefined));
});

describe('a discount in another form', () => {
  it('is none: of another kind, missing, or in another place than the merchants file says', () => {
    assert.equal(off('gift', 'a mug', 2500), undefined);
    assert.equal(off('percent', 10, 2500, { path: 'discount' }), undefined);
    const rule = { priceScale: 2, currency: 'PLN' };
    assert.equal(discountAmount(answer({}), rule, 2500, { deductionPath: 'price_deduction' }), undefined);
    assert.equal(discountAmount({ kind: 'refused', code: 1003 }, rule, 2500, { deductionPath: 'price_deduction' }), undefined);
  });

  it('is found in the place that the merchants file says', () => {
    const deep = answer({ shop: { off: { type: 'percent', value: '10' } } });
    assert.equal(discountAmount(deep, { priceScale: 2, currency: 'PLN' }, 2500, { deductionPath: 'shop.off' }), 250);
  });
});
