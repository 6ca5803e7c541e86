/**
 * Postbacks that come first, twice, late, with too little money, forged or about nothing we know: all end as the rules of money
 * require.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Transaction } from '../../../../demo/simulators/paykassma/money-book.ts';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import { applyStoredPostbacks } from '../../../../server/methods/wallet/postbacks.ts';
import { usualEngines } from '../../../support/engines.ts';
import { propertyRuns } from '../../../support/property-runs.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

const usual = { mode: 'flat', wrongSignature: false, unsignedTimes: 1, unescapedBody: false } as const;
type Shape = Omit<Parameters<typeof postbackBody>[2], never>;

for (const engine of usualEngines) {
  describe(`a postback (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let testBed: WalletTestBed;
    before(async () => {
      database = await engine.create();
      testBed = await createWalletTestBed({ databaseUrl: database.url, activateMs: 300 });
      await testBed.control('postbacks', { url: null });
    });
    after(async () => {
      await testBed.close();
      await database.drop();
    });

    const transaction = (attemptId: string, own: Partial<Transaction> = {}): Transaction => ({
      custom_transaction_id: attemptId,
      wallet_type: 'wavepay',
      label: 'customer',
      key1: '',
      currency_code: 'MMK',
      amount: 600_000,
      deposit_amount: 600_000,
      status: 'activated',
      at: new Date(testBed.clock.now()).toISOString(),
      ...own,
    });
    const send = async (body: string | Uint8Array, url = testBed.postbackUrl) => {
      const answer = await fetch(url, {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers: { 'content-type': 'application/json' },
      });
      return [answer.status, await answer.text()] as const;
    };
    const sendPostback = (transaction: Transaction, shape: Partial<Shape> = {}) =>
      send(postbackBody(transaction, testBed.simulator.keys, { ...usual, ...shape }));
    const stored = [200, '{"status":"ok"}'] as const;

    /** A payment whose number was submitted and whose answer was lost. */
    const lost = async (number: string) => {
      const id = await testBed.pay();
      await testBed.choose(id);
      await testBed.submit(id, number);
      const attempt = (await testBed.store.attempts(id)).find(({ submittedReference }) => submittedReference === number);
      assert.ok(attempt);
      return { id, attemptId: attempt.id, number };
    };
    const view = (id: string) => testBed.payments.view(id);
    const webhooks = async (id: string) =>
      (await testBed.webhookTypes(id)).filter((type) => type === 'payment.succeeded' || type === 'payment.underpaid');

    for (const [what, change] of [
      ['white space after it', (body: string, at: number) => body + ' '.repeat(at + 1)],
      [
        'another unsigned amount',
        (body: string, at: number) => body.replace(/"amount":\d+,"currency/, `"amount":${at + 1},"currency`),
      ],
      ['a field of nobody', (body: string, at: number) => body.replace(/^\{/, `{"nonce":"${at}",`)],
    ] as const)
      it(`becomes at most 20 rows in a day, however somebody varies what is not signed: ${what}`, async () => {
        // Another number for each test; its end lets the simulator lose the answer.
        const { id, attemptId, number } = await lost(`${10_000_000 + (Math.floor(testBed.clock.now() / 1_000) % 90_000_000)}08`);
        const body = new TextDecoder().decode(
          Buffer.from(postbackBody(transaction(attemptId, { key1: number }), testBed.simulator.keys, usual)),
        );
        assert.deepEqual(await send(body), stored);
        const answers = [];
        for (let at = 0; at < 40; at += 1) answers.push((await send(change(body, at)))[0]);
        assert.deepEqual([...new Set(answers)].sort(), [200, 429]);
        assert.ok(answers.filter((status) => status === 200).length <= 20);
        assert.deepEqual(await send(body), stored, 'what is stored is answered as before');
        assert.equal((await view(id)).status, 'succeeded');
        assert.equal((await webhooks(id)).length, 1);
        testBed.clock.advance(86_400_000);
        assert.deepEqual(await send(change(body, 39)), stored, 'a day later');
      });

    for (const mode of ['flat', 'legacy', 'legacy-noflags', 'apay'] as const) {
      it(`in the shape ${mode} pays once, however often it is sent`, async () => {
        const shop =
          mode === 'flat' ? testBed : await createWalletTestBed({ settings: { signedPath: 'transactions' }, activateMs: 300 });
        try {
          await shop.control('postbacks', { url: null });
          const id = await shop.pay();
          await shop.choose(id);
          await shop.submit(id, '1000000008');
          const [attempt] = await shop.store.attempts(id);
          const body = postbackBody(transaction(attempt?.id ?? '', { key1: '1000000008' }), shop.simulator.keys, {
            ...usual,
            mode,
          });
          for (const url of [shop.postbackUrl, shop.postbackUrl, shop.postbackUrl])
            assert.deepEqual(await send(body, url), stored);
          const { status, amountPaid } = await shop.payments.view(id);
          assert.deepEqual([status, amountPaid], ['succeeded', 600_000]);
          assert.equal((await shop.store.evidence(id)).length, 1);
        } finally {
          if (shop !== testBed) await shop.close();
        }
      });
    }

    it('with ten times the amount, after the payment, changes nothing', async () => {
      const { id, attemptId, number } = await lost('1000000008').catch(() => lost('2100000001'));
      await sendPostback(transaction(attemptId, { key1: number }));
      const before = await view(id);
      assert.deepEqual(await sendPostback(transaction(attemptId, { key1: number }), { unsignedTimes: 10 }), stored);
      assert.deepEqual(await view(id), before);
      assert.equal((await testBed.store.evidence(id)).length, 1);
    });

    it('with an unsigned amount that is not the requested one goes to a person, with that amount', async () => {
      const { id, attemptId, number } = await lost('2200000001');
      await sendPostback(transaction(attemptId, { key1: number }), { unsignedTimes: 10 });
      const { status, amountPaid } = await view(id);
      assert.deepEqual([status, amountPaid], ['needs_review', 0]);
      const [evidence] = await testBed.store.evidence(id);
      assert.deepEqual([evidence?.amount, evidence?.counted], [0, false]);
    });

    it('under another number than the customer submitted goes to a person', async () => {
      const { id, attemptId } = await lost('2200000002');
      await sendPostback(transaction(attemptId, { key1: '2200000003' }));
      assert.equal((await view(id)).status, 'needs_review');
    });

    it('in another currency goes to a person', async () => {
      const { id, attemptId, number } = await lost('2200000004');
      await sendPostback(transaction(attemptId, { key1: number, currency_code: 'USD' }));
      assert.deepEqual([(await view(id)).status, (await view(id)).amountPaid], ['needs_review', 0]);
    });

    it('that is signed with another key is refused and leaves no trace', async () => {
      const { id, attemptId, number } = await lost('2200000005');
      const before = await view(id);
      const [status] = await sendPostback(transaction(attemptId, { key1: number }), { wrongSignature: true });
      assert.equal(status, 401);
      assert.deepEqual(await view(id), before);
      assert.equal((await testBed.store.waitingPostbacks(Number.MAX_SAFE_INTEGER, 100)).length, 0);
    });

    it('whose signed part was changed by a byte is refused', async () => {
      const { attemptId, number } = await lost('2200000006');
      const body = postbackBody(transaction(attemptId, { key1: number }), testBed.simulator.keys, usual);
      const [status] = await send(body.replace(number, '2200000007'));
      assert.equal(status, 401);
    });

    it('that signs nothing, is not JSON or is far too long is refused', async () => {
      for (const body of [
        '',
        '{}',
        'null',
        '[]',
        '{"signature":"x","additional_data":[]}',
        '\u0000',
        `{"a":"${'x'.repeat(70_000)}"}`,
      ])
        assert.ok((await send(body))[0] >= 400, body.slice(0, 40));
    });

    it('for a merchant who has no wallets, or does not exist, is not found', async () => {
      const body = postbackBody(transaction('att_x'), testBed.simulator.keys, usual);
      const elsewhere = testBed.postbackUrl.replace(/books$/, 'nobody');
      assert.equal((await send(body, elsewhere))[0], 404);
    });

    it('about no payment of ours is stored for a person, and never matched by label and amount', async () => {
      const { id } = await lost('2200000008');
      const before = await view(id);
      assert.deepEqual(await sendPostback(transaction('att_of_somebody_else')), stored);
      assert.deepEqual(await view(id), before);
      assert.equal((await testBed.store.backlog()).unmatchedPostbacks, 1);
      assert.equal(testBed.failures.splice(0).length, 1, 'no failure was reported');
    });

    it('about another merchant’s payment is not applied', async () => {
      const { attemptId } = await lost('2200000009');
      const attempt = await testBed.store.attempt(attemptId);
      assert.ok(attempt);
      await testBed.store.updateAttempt({ ...attempt, method: 'pay_code' });
      assert.deepEqual(await sendPostback(transaction(attemptId, { key1: 'other' })), stored);
      assert.equal(testBed.failures.splice(0).length, 1);
    });

    it('that matched no payment while its merchant was missing from the file is applied when the merchant is back', async () => {
      const { id, attemptId, number } = await lost('2200000019');
      const missing = { ...testBed.parts, account: () => null };
      const body = postbackBody(transaction(attemptId, { key1: number }), testBed.simulator.keys, usual);
      const row = { merchantId: 'books', upstream: 'paykassma:x', body, status: 'received', receivedAt: 0 } as const;
      await testBed.store.insertPostback({ ...row, id: 'pbk_missed', digest: 'missed' });
      await applyStoredPostbacks(missing);
      assert.equal((await view(id)).status, 'awaiting_customer');
      assert.equal(testBed.failures.splice(0).length, 1, 'no failure was reported');
      testBed.clock.advance(3_600_001);
      await applyStoredPostbacks(testBed.parts);
      assert.equal((await view(id)).status, 'succeeded');
    });

    it('that was stored when the process died is applied by the next clean-up', async () => {
      const { id, attemptId, number } = await lost('2300000001');
      const body = postbackBody(transaction(attemptId, { key1: number }), testBed.simulator.keys, usual);
      await testBed.store.insertPostback({
        id: `pbk_${attemptId}`,
        merchantId: 'books',
        upstream: 'paykassma:simulator',
        digest: attemptId,
        body,
        status: 'received',
        receivedAt: testBed.clock.now(),
      });
      testBed.clock.advance(31_000);
      await testBed.reconciler.runOnce();
      assert.equal((await view(id)).status, 'succeeded');
    });

    it('that arrives before the answer to activate, and that answer, count as one payment', async () => {
      await testBed.control('postbacks', { url: testBed.postbackUrl, beforeAnswer: true, copies: 3 });
      const id = await testBed.pay();
      await testBed.choose(id);
      const { status, amountPaid } = await testBed.submit(id, await testBed.transfer());
      await testBed.control('postbacks', { url: null, beforeAnswer: false, copies: 1 });
      assert.deepEqual([status, amountPaid], ['succeeded', 600_000]);
      assert.deepEqual(await webhooks(id), ['payment.succeeded']);
    });

    it('with another, unsigned amount that arrives before the answer to activate waits for that answer', async () => {
      await testBed.control('postbacks', { url: testBed.postbackUrl, beforeAnswer: true });
      const id = await testBed.pay();
      await testBed.choose(id);
      const { status, amountPaid } = await testBed.submit(id, await testBed.transfer(3_000));
      await testBed.control('postbacks', { url: null, beforeAnswer: false });
      assert.deepEqual([status, amountPaid], ['underpaid', 300_000]);
      testBed.clock.advance(31_000);
      await testBed.reconciler.runOnce();
      assert.deepEqual(await webhooks(id), ['payment.underpaid']);
      assert.deepEqual(
        (await testBed.store.evidence(id)).map(({ amount, counted }) => [amount, counted]),
        [[300_000, true]],
      );
      assert.deepEqual(await testBed.store.waitingPostbacks(testBed.clock.now(), 1), []);
    });

    it('has the same result in any order with the customer, the clock and its own repetition', async () => {
      const Step = fc.constantFrom('view', 'submit', 'postback', 'expire', 'cancel', 'abandon', 'choose', 'reconcile');
      await fc.assert(
        fc.asyncProperty(fc.array(Step, { maxLength: 8 }), async (steps) => {
          const id = await testBed.pay();
          await testBed.choose(id);
          const number = await testBed.transfer();
          let attemptId = '';
          let lateAt: boolean | null = null;
          const quietly = (work: Promise<unknown>) => work.catch(() => undefined);
          const take = async (step: (typeof steps)[number]) => {
            const over = ['canceled', 'expired'].includes((await view(id)).status);
            if (step === 'view') await view(id);
            if (step === 'expire') testBed.clock.advance(3_600_001);
            if (step === 'cancel') await quietly(testBed.payments.cancel(id));
            if (step === 'abandon') await quietly(testBed.payments.abandon(id));
            if (step === 'choose') await quietly(testBed.choose(id, 'wavepay', true));
            if (step === 'reconcile') await testBed.reconciler.runOnce();
            if (step === 'submit') {
              await quietly(testBed.submit(id, number));
              attemptId ||=
                (await testBed.store.attempts(id)).find(({ submittedReference }) => submittedReference === number)?.id ?? '';
            }
            if (step === 'postback' && attemptId)
              assert.deepEqual(await sendPostback(transaction(attemptId, { key1: number })), stored);
            const now = await view(id);
            if (lateAt === null && now.amountPaid > 0) lateAt = over || now.paidLate;
          };
          for (const step of [...steps, 'submit', 'postback', 'postback'] as const) await take(step);
          const end = await view(id);
          assert.deepEqual([end.status, end.amountPaid, end.paidLate], ['succeeded', 600_000, lateAt]);
          const evidence = await testBed.store.evidence(id);
          assert.deepEqual(
            evidence.map(({ amount, counted }) => [amount, counted]),
            [[600_000, true]],
          );
          assert.deepEqual(await webhooks(id), ['payment.succeeded']);
        }),
        { numRuns: propertyRuns(engine.name === 'sqlite' ? 40 : 15), endOnFailure: true },
      );
      assert.deepEqual(testBed.failures, []);
    });
  });
}
