/** What each state of a receipt proves about the money: only 4 is paid, and only 50 ended without a payment. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Receipt } from '../../../../server/clients/payme/types.ts';
import { interpretReceipt, interpretReceiptState } from '../../../../server/methods/card/receipt.ts';

const receipt = (own: Partial<Receipt>): Receipt => ({
  id: '0123456789abcdef01234567',
  state: 0,
  amount: 500_000,
  currency: 860,
  createTime: 1,
  payTime: 0,
  cancelTime: 0,
  description: '',
  account: [],
  card: null,
  ...own,
});
const interpret = (own: Partial<Receipt>) => interpretReceipt(receipt(own), 'payme:host', 'insufficient_funds');
const money = { upstream: 'payme:host', upstreamId: '0123456789abcdef01234567', amount: 500_000 };

describe('a receipt', () => {
  it('at 4 is paid, with the amount of the receipt', () => {
    assert.deepEqual(interpret({ state: 4, payTime: 2 }), { kind: 'paid', evidence: { ...money, currency: 'UZS' } });
    assert.deepEqual(interpret({ state: 4, amount: 1 }), { kind: 'paid', evidence: { ...money, amount: 1, currency: 'UZS' } });
  });

  for (const [currency, name] of [
    [840, '#840'],
    [null, 'XXX'],
  ] as const) {
    it(`at 4 in currency ${currency} goes to a person, with the money as evidence`, () => {
      const outcome = interpret({ state: 4, currency });
      assert.deepEqual(outcome, {
        kind: 'needs_review',
        why: 'paid in another currency',
        evidence: { ...money, currency: name },
      });
    });
  }

  it('at 50 took nothing, or has refunded it', () => {
    assert.deepEqual(interpret({ state: 50 }), { kind: 'declined', decline: { code: 'insufficient_funds' } });
    assert.deepEqual(interpret({ state: 50, payTime: 2 }), { kind: 'declined', decline: { code: 'payment_reversed' } });
    assert.deepEqual(interpretReceipt(receipt({ state: 50 }), 'payme:host'), {
      kind: 'declined',
      decline: { code: 'provider_unavailable' },
    });
  });

  it('at 0 is unpaid for now, which proves nothing', () => assert.equal(interpret({ state: 0 }), 'unpaid'));

  it('at 5 has authorized the money, which we never request', () => {
    const outcome = interpret({ state: 5 });
    assert.equal(outcome !== 'unpaid' && outcome.kind, 'needs_review');
  });

  it('at 20 waits for an operator at Payme', () => {
    assert.deepEqual(interpret({ state: 20 }), { kind: 'waiting', reason: 'review' });
    assert.deepEqual(interpretReceiptState(20), { kind: 'waiting', reason: 'review' });
  });

  for (const state of [1, 2, 3, 6, 21, 30, -1, 7, 40, 51, 99, 4_000]) {
    it(`at ${state} is neither paid nor unpaid`, () => {
      assert.deepEqual(interpret({ state, payTime: 2 }), { kind: 'unknown' });
      assert.deepEqual(interpretReceiptState(state), { kind: 'unknown' });
    });
  }
});
