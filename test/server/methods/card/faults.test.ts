/**
 * Every call of a card payment, with every fault before and after its effect: never two debits, never a false "nothing was
 * charged".
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { EnterCardCode, PaymentView } from '../../../../server/contract/index.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';

const operations = [
  'cards.create',
  'cards.get_verify_code',
  'cards.verify',
  'receipts.create',
  'receipts.pay',
  'receipts.get',
] as const;

describe('a call to Payme with a fault', () => {
  let testBed: CardTestBed;
  before(async () => {
    testBed = await createCardTestBed({ timeoutMs: 300, settings: { limits: { smsPerPayment: 20, cardsPerPayment: 20 } } });
  });
  beforeEach(() => testBed.control('reset', {}));
  after(() => testBed.close());

  const receiptsOf = async (id: string) => {
    const mine = (await testBed.store.attempts(id)).map((attempt) => attempt.id);
    return testBed.simulator.ledger().receipts.filter(({ description }) => mine.some((one) => description.startsWith(one)));
  };
  const taken = async (id: string) =>
    (await receiptsOf(id)).flatMap(({ debits }) => debits).filter(({ refundedAt }) => refundedAt === null).length;

  /** What is shown must be true at every moment. */
  async function checked(id: string): Promise<PaymentView> {
    const view = await testBed.payments.view(id);
    const debits = await taken(id);
    assert.ok(debits <= 1, `${debits} debits`);
    if (view.status === 'succeeded') assert.equal(debits, 1, 'paid, and nothing was taken');
    if (view.status === 'open') {
      assert.equal(debits, 0, '"not paid", and money was taken');
      for (const { id: receipt, state } of await receiptsOf(id)) {
        const paying = testBed.calls('receipts.pay').some((call) => call.receipt === receipt);
        assert.ok(!paying || state === 50, `"not paid", and the receipt stands at ${state}`);
      }
    }
    return view;
  }

  /** Submits the card and the code as often as they are requested, and moves the clock while the payment is checked. */
  async function payToTheEnd(id: string): Promise<PaymentView> {
    for (let step = 0; step < 12; step += 1) {
      const view = await checked(id);
      if (view.nextAction.kind === 'enter_card') await testBed.card(id);
      else if (view.nextAction.kind === 'enter_card_code') await tellCode(id, view.nextAction);
      else if (view.status !== 'processing') return view;
      else await follow(id);
    }
    return checked(id);
  }

  async function tellCode(id: string, { attemptsLeft, resendAt }: EnterCardCode): Promise<void> {
    if (attemptsLeft > 0) return void (await testBed.code(id));
    testBed.clock.advance(Math.max(0, Date.parse(resendAt ?? '') - testBed.clock.now()));
    await testBed.resend(id);
  }

  async function follow(id: string): Promise<void> {
    for (let passed = 0; passed < 6 * 3_600; ) {
      const step = passed < 120 ? 10 : 300;
      passed += step;
      testBed.clock.advance(step * 1_000);
      await testBed.reconciler.runOnce();
      if ((await checked(id)).status !== 'processing') return;
    }
  }

  for (const op of operations) {
    for (const when of ['before', 'after'] as const) {
      it(`${when} ${op} had its effect, is resolved by reading or repeated, and the payment is paid once`, async () => {
        for (const kind of ['timeout', 'reset', 'http500', 'html', 'malformed'] as const) {
          await testBed.control('faults', { op, when, kind });
          const id = await testBed.pay({ expiresIn: 24 * 3_600 });
          assert.equal((await payToTheEnd(id)).status, 'succeeded', kind);
          const { faults } = (await (await fetch(`${testBed.simulator.origin}/_/faults`)).json()) as { faults: unknown[] };
          assert.deepEqual(faults, [], `${kind} never came`);
        }
      });
    }
  }

  it('whose answer comes after its deadline, does not charge twice', async () => {
    await testBed.control('faults', { op: 'receipts.pay', when: 'before', kind: 'slow', ms: 2 * testBed.deadlineMs });
    const id = await testBed.pay();
    await testBed.card(id);
    assert.equal((await testBed.code(id)).status, 'processing');
    // It takes effect between two reads.
    while ((await taken(id)) === 0) await new Promise(setImmediate);
    assert.equal((await payToTheEnd(id)).status, 'succeeded');
    assert.equal((await receiptsOf(id)).length, 1);
  });

  for (const op of ['receipts.cancel', 'receipts.get', 'receipts.check'] as const) {
    it(`${op}, while nothing was paid, does not prove that`, async () => {
      for (const when of ['before', 'after'] as const)
        for (const lost of ['pay', 'nothing'] as const) {
          await testBed.control('settings', { failAt: { 8600495473316478: lost === 'pay' ? null : 'receipts.pay' } });
          if (lost === 'pay') await testBed.control('faults', { op: 'receipts.pay', when: 'before', kind: 'reset' });
          await testBed.control('faults', { op, when, kind: 'http500' });
          const id = await testBed.pay({ expiresIn: 24 * 3_600 });
          await testBed.card(id, { number: '8600495473316478' });
          await testBed.code(id);
          await checked(id);
          assert.equal((await payToTheEnd(id)).status, 'succeeded', `${when} ${lost}`);
        }
    });
  }

  it('with several faults in a row ends the same way', async () => {
    for (const [nth, when, kind] of [
      [1, 'after', 'reset'],
      [2, 'before', 'http500'],
      [3, 'after', 'malformed'],
    ] as const)
      for (const op of ['receipts.check', 'receipts.get', 'receipts.cancel'])
        await testBed.control('faults', { op, nth, when, kind });
    await testBed.control('faults', { op: 'receipts.pay', when: 'before', kind: 'reset' });
    const id = await testBed.pay({ expiresIn: 24 * 3_600 });
    assert.equal((await payToTheEnd(id)).status, 'succeeded');
    assert.deepEqual(testBed.failures, []);
  });
});
