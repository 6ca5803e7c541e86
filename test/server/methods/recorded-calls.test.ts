/** What is noted of a recorded call, as the method reads it that made the call. Notes that do not fit stop it: they decide about money. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paymeIntent, readPaymeIntent } from '../../../server/methods/card/card-session.ts';
import { acceptsExcess, payCodesIntent, readPayCodesIntent } from '../../../server/methods/pay-code/codes.ts';
import type { IntentCall } from '../../../server/payments/model/ports.ts';
import type { IntentRecord } from '../../../server/payments/model/records.ts';

/** The row of a call, as it comes back from the database. */
const stored = (call: Pick<IntentCall, 'operation' | 'notes'>): IntentRecord => ({
  id: 'int_1',
  attemptId: 'att_1',
  paymentId: 'pay_1',
  upstream: 'x',
  naturalKey: 'x',
  status: 'unknown',
  createdAt: 0,
  endedAt: null,
  ...(JSON.parse(JSON.stringify(call)) as typeof call),
});

type Notes = [operation: string, notes: Record<string, unknown>];

describe('a recorded call to Payme', () => {
  const good: Notes[] = [
    ['cards.get_verify_code', {}],
    ['cards.verify', {}],
    ['receipts.create', {}],
    ['receipts.pay', { receipt: 'r1' }],
    ['receipts.pay', { receipt: 'r1', declined: 'insufficient_funds' }],
    ['receipts.pay', { receipt: 'r1', zeros: '3', stillSince: '1764400000000' }],
    ['receipts.cancel', { receipt: 'r1' }],
    ['receipts.cancel', { receipt: 'r1', refund: '2' }],
    ['receipts.send', { receipt: 'r1' }],
    ['receipts.send', { receipt: 'r1', outcome: 'none' }],
  ];
  const bad: Notes[] = [
    ['receipts.pay', {}],
    ['receipts.pay', { receipt: 7 }],
    ['receipts.pay', { receipt: 'r1', declined: 'card_expire' }],
    ['receipts.pay', { receipt: 'r1', zeros: 'three' }],
    ['receipts.pay', { receipt: 'r1', zeros: '3', stillSince: 'yesterday' }],
    ['receipts.cancel', { refund: '1' }],
    ['receipts.cancel', { receipt: 'r1', refund: 'yes' }],
    ['receipts.send', { receipt: 'r1', outcome: 'some' }],
    ['use_code', { rule: 'demo-enter' }],
  ];
  reads(readPaymeIntent, good, bad);

  it('is read as it was recorded', () => {
    const read = readPaymeIntent(
      stored(paymeIntent('att_1', { operation: 'receipts.pay', notes: { receipt: 'r1', zeros: '2' } })),
    );
    assert.equal(read.operation === 'receipts.pay' && read.notes.zeros, '2');
  });
});

describe('a recorded call to PayCodes', () => {
  const good: Notes[] = [
    ['generate_code', { rule: 'demo-reversed' }],
    ['use_code', { rule: 'demo-enter' }],
    ['use_code', { rule: 'demo-enter', excess: 'accepted' }],
    ['use_code', { rule: 'demo-discount', discount: 'yes' }],
    ['use_code', { rule: 'demo-reversed', fence: 'yes' }],
  ];
  const bad: Notes[] = [
    ['generate_code', {}],
    ['use_code', {}],
    ['use_code', { rule: null }],
    ['use_code', { rule: 'demo-enter', excess: 'refused' }],
    ['use_code', { rule: 'demo-enter', discount: true }],
    ['use_code', { rule: 'demo-enter', fence: 'no' }],
    ['receipts.pay', { receipt: 'r1' }],
  ];
  reads(readPayCodesIntent, good, bad);

  it('says whether the customer has agreed to lose the excess', () => {
    const notes = { rule: 'demo-enter' };
    const agreed = (own: object) =>
      acceptsExcess(
        readPayCodesIntent(stored(payCodesIntent('pw:att_1', { operation: 'use_code', notes: { ...notes, ...own } }))),
      );
    assert.deepEqual([agreed({}), agreed({ excess: 'accepted' })], [false, true]);
  });
});

function reads(read: (intent: IntentRecord) => { notes: object }, good: readonly Notes[], bad: readonly Notes[]): void {
  for (const [operation, notes] of good) {
    it(`is read: ${operation} ${JSON.stringify(notes)}`, () => assert.deepEqual(read(stored({ operation, notes })).notes, notes));
  }

  it('keeps what a later version may have noted besides', () => {
    const [operation, notes] = good.at(-1) ?? assert.fail();
    const more = { ...notes, later: 'x' };
    assert.deepEqual(read(stored({ operation, notes: more })).notes, more);
  });

  for (const [operation, notes] of bad) {
    it(`is not read: ${operation} ${JSON.stringify(notes)}`, () => {
      const named = { message: `the intent int_1 does not have the notes of ${operation}` };
      assert.throws(() => read(stored({ operation, notes })), named);
    });
  }
}
