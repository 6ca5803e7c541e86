/**
 * Conflicts of transfers: two payments that claim one number, ambiguous money, and money that arrives while something else goes
 * on.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Transaction } from '../../../../demo/simulators/paykassma/money-book.ts';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import { applyStoredPostbacks, receivePostback } from '../../../../server/methods/wallet/postbacks.ts';
import { submitTransfer } from '../../../../server/methods/wallet/submit-transfer.ts';
import { ProblemError, StoreUnavailable } from '../../../../server/payments/model/errors.ts';
import type { MethodPort } from '../../../../server/payments/model/ports.ts';
import { merchant } from '../../../support/method-test-bed.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

const usual = { mode: 'legacy', wrongSignature: false, unsignedTimes: 1, unescapedBody: false } as const;
/** Another payment method, whose outcomes the tests decide. */
const codes: MethodPort = {
  method: 'pay_code',
  offers: () => true,
  entryAction: async () => ({ kind: 'enter_code' }),
  reconcile: async () => ({ kind: 'unknown' }),
};
const useCode = { operation: 'use_code', upstream: 'paycodes', naturalKey: 'pw:1', notes: {} };
const refused = { kind: 'declined', decline: { code: 'code_used' } } as const;

describe('a transfer that conflicts with something else', () => {
  let testBed: WalletTestBed;
  before(async () => {
    testBed = await createWalletTestBed({ settings: { signedPath: 'transactions' }, activateMs: 300, methods: [codes] });
    await testBed.control('postbacks', { url: null });
  });
  after(() => testBed.close());

  let numbers = 7_000_000_000;
  const fresh = () => {
    numbers += 1;
    return String(numbers);
  };
  const submitted = async (number: string, wanted = {}) => {
    const id = await testBed.pay(wanted);
    await testBed.choose(id);
    await testBed.submit(id, number);
    return { id, attemptId: await attemptOf(id, number), number };
  };
  const attemptOf = async (id: string, number: string) =>
    (await testBed.store.attempts(id)).filter(({ submittedReference }) => submittedReference === number).at(-1)?.id ??
    assert.fail('no attempt');
  const transaction = (attemptId: string, number: string, own: Partial<Transaction> = {}): Transaction => ({
    custom_transaction_id: attemptId,
    wallet_type: 'wavepay',
    label: 'customer',
    key1: number,
    currency_code: 'MMK',
    amount: 600_000,
    deposit_amount: 600_000,
    status: 'activated',
    at: new Date(testBed.clock.now()).toISOString(),
    ...own,
  });
  const bodyOf = (attemptId: string, number: string, own: Partial<Transaction> = {}) =>
    postbackBody(transaction(attemptId, number, own), testBed.simulator.keys, usual);
  const credit = async (attemptId: string, number: string, own: Partial<Transaction> = {}) => {
    const answer = await fetch(testBed.postbackUrl, { method: 'POST', body: bodyOf(attemptId, number, own) });
    assert.equal(answer.status, 200);
  };
  const view = (id: string) => testBed.payments.view(id);
  const status = async (id: string) => (await view(id)).status;
  const claim = async (number: string) => {
    const found = await testBed.store.claimOf('paykassma:simulator', `wavepay:${number}`);
    return found && [found.status, found.contested];
  };

  it('is requested again at once if the database failed before its number was sent, since nothing else would send it', async () => {
    const id = await testBed.pay();
    await testBed.choose(id);
    const number = await testBed.transfer();
    const { transaction } = testBed.store;
    testBed.store.transaction = async (work, options) => {
      let intended = false;
      const result = await transaction(
        (tx) =>
          work({
            ...tx,
            async insertIntent(intent) {
              intended = true;
              return tx.insertIntent(intent);
            },
          }),
        options,
      );
      // The transaction was committed, but the answer to that was lost.
      if (intended) throw new StoreUnavailable({ code: 'ECONNRESET', effect: 'unknown', soon: false });
      return result;
    };
    await testBed.submit(id, number).catch(() => undefined);
    testBed.store.transaction = transaction;
    testBed.clock.advance(120_000);
    await testBed.reconciler.runOnce();
    assert.equal(await status(id), 'awaiting_customer');
    assert.equal((await testBed.submit(id, number)).status, 'succeeded');
  });

  it('that has paid stays paid though its number had been declined before', async () => {
    const number = '1000000005';
    const { id, attemptId } = await submitted(number);
    assert.deepEqual(await claim(number), ['released', false]);
    await credit(attemptId, number);
    assert.equal(await status(id), 'succeeded');
    assert.deepEqual(await claim(number), ['paid', false]);
    const next = await testBed.pay();
    await testBed.choose(next);
    assert.equal((await testBed.submit(next, number)).problem?.code, 'transaction_number_used');
  });

  it('goes to a person if another payment claimed the number before it was refused', async () => {
    const number = fresh();
    const mine = await submitted(number);
    const rival = await submitted(number);
    assert.equal(await status(rival.id), 'needs_review');
    await testBed.payments.settleAttempt(
      mine.id,
      mine.attemptId,
      { kind: 'correction_requested', decline: { code: 'transfer_refused' }, unconfirmed: false },
      1,
    );
    assert.deepEqual(await claim(number), ['released', true]);
    await credit(mine.attemptId, number);
    assert.deepEqual([await status(mine.id), (await view(mine.id)).amountPaid], ['needs_review', 0]);
  });

  it('goes to a person if the number is submitted again while another payment still waits for it', async () => {
    const number = fresh();
    const mine = await submitted(number);
    await submitted(number);
    await testBed.payments.settleAttempt(
      mine.id,
      mine.attemptId,
      { kind: 'correction_requested', decline: { code: 'transfer_refused' }, unconfirmed: false },
      1,
    );
    const third = await submitted(number);
    await credit(third.attemptId, number);
    assert.equal(await status(third.id), 'needs_review');
  });

  it('without an exact amount goes to a person, also while it is not confirmed yet', async () => {
    const { id, attemptId, number } = await submitted(fresh());
    assert.equal(await status(id), 'awaiting_customer');
    await credit(attemptId, number, { deposit_amount: 0 });
    assert.deepEqual([await status(id), (await view(id)).amountPaid], ['needs_review', 0]);
  });

  it('without an exact amount goes to a person after the payment has expired too', async () => {
    const { id, attemptId, number } = await submitted(fresh());
    testBed.clock.advance(3_600_001);
    assert.equal(await status(id), 'expired');
    await credit(attemptId, number, { deposit_amount: 0 });
    assert.equal(await status(id), 'needs_review');
  });

  it('that is ambiguous is kept with its payment, though the order was paid by another one', async () => {
    const { id, attemptId, number } = await submitted(fresh(), { orderId: 'twice' });
    await testBed.payments.cancel(id);
    const again = await testBed.pay({ orderId: 'twice' });
    assert.notEqual(again, id);
    await credit(attemptId, number, { currency_code: 'USD' });
    assert.deepEqual([await status(id), (await view(id)).paidLate], ['needs_review', true]);
    assert.equal(await status(again), 'open');
    assert.deepEqual(testBed.failures, []);
  });

  for (const order of ['first', 'last'] as const) {
    it(`of too little does not resolve the ambiguous money that came ${order}, which waits for a person`, async () => {
      const { id, attemptId, number } = await submitted(fresh());
      const second = fresh();
      await testBed.submit(id, second);
      const short = async () => credit(await attemptOf(id, second), second, { deposit_amount: 100_000 });
      if (order === 'last') await short();
      await credit(attemptId, number, { currency_code: 'USD' });
      if (order === 'first') await short();
      assert.deepEqual([await status(id), (await view(id)).amountPaid], ['needs_review', 100_000]);
    });
  }

  it('leaves no attempt waiting for the customer', async () => {
    for (const own of [{}, { currency_code: 'USD' }]) {
      const { id, attemptId, number } = await submitted(fresh());
      await credit(attemptId, number, own);
      const states = (await testBed.store.attempts(id)).map((one) => one.status);
      assert.ok(!states.includes('awaiting_customer'), `${states}`);
    }
  });

  it('that arrives while a code is looked up prevents the use of the code', async () => {
    for (const own of [{}, { currency_code: 'USD' }]) {
      const { id, attemptId, number } = await submitted(fresh());
      const code = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null, acknowledge: true });
      await credit(attemptId, number, own);
      await assert.rejects(testBed.payments.recordIntent(id, code.id, { ...useCode, kind: 'preparation' }), ProblemError);
      await testBed.payments.settleAttempt(id, code.id, refused, 0);
      assert.equal(await status(id), own.currency_code ? 'needs_review' : 'succeeded');
    }
  });

  it('of the whole amount pays at once while another method is tried, and stays paid when that method is declined', async () => {
    const { id, attemptId, number } = await submitted(fresh());
    const code = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null, acknowledge: true });
    await testBed.payments.recordIntent(id, code.id, { ...useCode, kind: 'preparation' });
    await credit(attemptId, number);
    assert.equal(await status(id), 'succeeded');
    await testBed.payments.settleAttempt(id, code.id, refused, 1);
    const end = await view(id);
    assert.deepEqual([end.status, end.problem, end.attempt?.id], ['succeeded', null, attemptId]);
    assert.ok(end.paidAt);
  });

  it('reported at the address of one merchant pays the other’s payment, if both share an account', async () => {
    const { id, attemptId, number } = await submitted(fresh());
    const account = testBed.parts.account(merchant.id) ?? assert.fail();
    const shared = { ...testBed.parts, account: () => account };
    const raw = Buffer.from(bodyOf(attemptId, number));
    assert.ok(await receivePostback(shared, 'twin', account, raw));
    assert.equal(await status(id), 'succeeded');
  });

  it('reported at the address of a merchant with another account pays nothing', async () => {
    const { id, attemptId, number } = await submitted(fresh());
    const account = testBed.parts.account(merchant.id) ?? assert.fail();
    const stranger = { ...account, id: 'paykassma:elsewhere' };
    const parts = { ...testBed.parts, account: (name: string) => (name === merchant.id ? account : stranger) };
    assert.ok(await receivePostback(parts, 'stranger', stranger, Buffer.from(bodyOf(attemptId, number))));
    assert.equal(await status(id), 'awaiting_customer');
    assert.equal(testBed.failures.splice(0).length, 1, 'no failure was reported');
  });

  it('that may or may not have arrived is kept for a person', async () => {
    const flat = await createWalletTestBed({ activateMs: 300 });
    try {
      await flat.control('postbacks', { url: null });
      const id = await flat.pay();
      await flat.choose(id);
      await flat.submit(id, '2000000001');
      const [attempt] = await flat.store.attempts(id);
      const body = postbackBody(transaction(attempt?.id ?? '', '2000000001'), flat.simulator.keys, {
        ...usual,
        mode: 'flat',
      }).replace('"ingoing"', '"sideways"');
      assert.equal((await fetch(flat.postbackUrl, { method: 'POST', body })).status, 200);
      assert.equal((await flat.store.backlog()).unmatchedPostbacks, 1);
    } finally {
      await flat.close();
    }
  });

  it('stored for a merchant who has left the file waits for a person, and delays no other', async () => {
    const row = { upstream: 'paykassma:gone', body: '{}', status: 'received', receivedAt: 0 } as const;
    for (let place = 0; place < 50; place += 1)
      await testBed.store.insertPostback({ ...row, id: `pbk_gone${place}`, merchantId: 'gone', digest: `gone${place}` });
    await applyStoredPostbacks(testBed.parts);
    assert.equal((await testBed.store.waitingPostbacks(Number.MAX_SAFE_INTEGER, 1)).length, 0);
    assert.equal(testBed.failures.splice(0).length, 50, 'no failure was reported');
  });

  it('is requested under the wallet whose number was read, though another was chosen meanwhile', async () => {
    const id = await testBed.pay();
    await testBed.choose(id, 'wavepay');
    const payment = (await testBed.store.payment(id)) ?? assert.fail();
    let hurried = false;
    const store = {
      ...testBed.parts.store,
      async attempts(paymentId: string) {
        const found = await testBed.store.attempts(paymentId);
        if (!hurried) {
          hurried = true;
          await testBed.choose(id, 'kbzpay_manual');
        }
        return found;
      },
    };
    const before = testBed.simulator.ledger().transactions.length;
    await assert.rejects(
      submitTransfer({ ...testBed.parts, store }, payment, { transactionNumber: fresh() }, '203.0.113.7'),
      ProblemError,
    );
    assert.equal(testBed.simulator.ledger().transactions.length, before);
  });

  it('can be submitted twenty times and no more', async () => {
    const id = await testBed.pay();
    await testBed.choose(id);
    const calls = () => testBed.simulator.ledger().transactions.length;
    const before = calls();
    for (let time = 0; time < 40; time += 1) await testBed.submit(id, '1000000009').catch(() => undefined);
    assert.ok(calls() - before <= 20, `${calls() - before} calls for one payment`);
  });

  it('ends without an unexpected failure', () => assert.deepEqual(testBed.failures, []));
});
