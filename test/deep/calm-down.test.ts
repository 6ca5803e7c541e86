/** When the calm phase of a schedule is over: not before each payment knows of the money that was taken for it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Payment } from '#contract';
import { isDone } from './calm-down.ts';
import type { Money } from './ledger.ts';

const attempt = { id: 'att_1', method: 'pay_code', status: 'declined' };
const payment = (own: object) =>
  ({ id: 'pay_1', status: 'expired', attempts: [attempt], evidence: [], ...own }) as unknown as Payment;
const money = (own: Partial<Money> = {}): Money => ({
  attempt: 'att_1',
  paymentId: null,
  kind: 'pull',
  by: 'use_code',
  amount: 2500,
  currency: 'PLN',
  at: 0,
  knownAt: 0,
  straggler: true,
  upstreamId: 'code:1',
  refundedAt: null,
  ...own,
});
const known = { evidence: [{ upstreamId: 'code:1' }] };

describe('a payment at the end of the calm phase', () => {
  for (const [what, own, reported, taken, done] of [
    ['has expired, and the shop knows', {}, 'expired', [], true],
    ['has expired, and the shop does not know', {}, undefined, [], false],
    ['is open', { status: 'open' }, undefined, [], false],
    ['has expired, and a call that arrived late took money that its last read has not found', {}, 'expired', [money()], false],
    ['has found that money', { status: 'succeeded', ...known }, 'succeeded', [money()], true],
    [
      'does not know of a shown code that was sent',
      {},
      'expired',
      [money({ attempt: null, paymentId: 'pay_1', by: 'sms' })],
      false,
    ],
    ['does not know of money that went back', {}, 'expired', [money({ refundedAt: 1 })], true],
    ['does not know of another payment’s money', {}, 'expired', [money({ attempt: 'att_2' })], true],
    [
      'waits for a wallet’s number',
      { status: 'processing', attempts: [{ ...attempt, method: 'wallet', status: 'processing' }] },
      undefined,
      [],
      true,
    ],
  ] as [string, object, string | undefined, Money[], boolean][])
    it(`needs ${done ? 'no' : 'some'} more time if it ${what}`, () => {
      assert.equal(isDone(payment(own), reported, taken), done);
    });
});
