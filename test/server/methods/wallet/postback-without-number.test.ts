/** A postback for an attempt of which no number tells whether it is the customer's transfer: its label and its wallet decide. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Transaction } from '../../../../demo/simulators/paykassma/money-book.ts';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

type Mode = 'flat' | 'legacy' | 'apay';

for (const mode of ['flat', 'legacy', 'apay'] as const)
  describe(`a signed postback in the form ${mode} for an attempt that no number was given for`, () => {
    let testBed: WalletTestBed;
    before(async () => {
      testBed = await createWalletTestBed({ settings: { signedPath: mode === 'flat' ? 'additional_data' : 'transactions' } });
      await testBed.control('postbacks', { url: null });
    });
    after(() => testBed.close());

    it('pays if it names this customer and this wallet', async () => {
      const { status, amountPaid } = await receive(testBed, mode, {});
      assert.deepEqual([status, amountPaid], ['succeeded', 600_000]);
    });

    const others: [string, Partial<Transaction>][] = [
      ['another wallet', { wallet_type: 'nagad' }],
      ['a wallet that we do not know', { wallet_type: 'wavepay_old' }],
      ['another customer', { label: 'somebody-else' }],
      ['a customer whose label only begins like this one', { label: 'customer-2' }],
    ];
    for (const [what, said] of others)
      it(`of ${what} is taken, and a person decides whose it is`, async () => {
        const { status, amountPaid, evidence } = await receive(testBed, mode, said);
        assert.deepEqual([status, amountPaid], ['needs_review', 0]);
        assert.deepEqual(
          evidence.map(({ counted }) => counted),
          [false],
        );
      });
  });

describe('a signed postback of A-Pay, which has no number of the wallet, for an attempt with a number', () => {
  let testBed: WalletTestBed;
  before(async () => {
    testBed = await createWalletTestBed({ settings: { signedPath: 'transactions' }, activateMs: 300 });
    await testBed.control('postbacks', { url: null });
  });
  after(() => testBed.close());

  for (const [what, said, expected] of [
    ['of this customer', {}, 'succeeded'],
    ['of another customer', { label: 'somebody-else' }, 'needs_review'],
    ['of another wallet', { wallet_type: 'nagad' }, 'needs_review'],
  ] as const)
    it(`${what}: ${expected}`, async () => {
      const { status } = await receive(testBed, 'apay', said, true);
      assert.equal(status, expected);
    });
});

let numbers = 0;

/** The customer of a new payment is shown where to transfer to, and then this postback comes. */
async function receive(testBed: WalletTestBed, mode: Mode, said: Partial<Transaction>, submitted = false) {
  const id = await testBed.pay();
  await testBed.choose(id);
  const { label } = await testBed.paymentOf(id);
  const number = `3${String(numbers++).padStart(9, '0')}`;
  if (submitted) await testBed.submit(id, number);
  const [attempt] = await testBed.store.attempts(id);
  assert.equal(attempt?.submittedReference, submitted ? number : null);
  const transaction: Transaction = {
    custom_transaction_id: attempt.id,
    wallet_type: 'wavepay',
    label,
    key1: number,
    currency_code: 'MMK',
    amount: 600_000,
    deposit_amount: 600_000,
    status: 'activated',
    at: new Date(testBed.clock.now()).toISOString(),
    ...said,
  };
  const shape = { mode, wrongSignature: false, unsignedTimes: 1, unescapedBody: false } as const;
  const body = postbackBody(transaction, testBed.simulator.keys, shape);
  const answer = await fetch(testBed.postbackUrl, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  assert.deepEqual([answer.status, await answer.text()], [200, '{"status":"ok"}']);
  const { status, amountPaid } = await testBed.payments.view(id);
  return { status, amountPaid, evidence: await testBed.store.evidence(id) };
}
