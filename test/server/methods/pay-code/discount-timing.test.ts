/**
 * A discount code when something happens at that moment: the server dies, the payment expires, the discount is dropped.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { redeemDiscount } from '../../../../server/methods/pay-code/discount.ts';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import type { Payments } from '../../../../server/payments/payments.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { stubTransfer, stubWallet } from '../../../support/stub-wallet.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { allRules } from './all-rules.ts';

const amount = 2777;
const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const ip = '203.0.113.7';

for (const engine of usualEngines) {
  describe(`a discount code and bad timing (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    withTestBed(
      engine,
      (databaseUrl) =>
        createPayCodeTestBed({
          databaseUrl,
          settings: { rules: allRules },
          methods: [stubWallet],
        }),
      (opened) => {
        testBed = opened;
      },
    );
    after(() => assert.deepEqual(testBed.failures, []));
    const stands = async (id: string) => {
      const { status, due, amountPaid, discountCode, problem } = await testBed.payments.view(id);
      return [status, due, amountPaid, discountCode !== null, problem?.code ?? null];
    };
    const nothingKept = async (id: string) =>
      assert.ok(
        [...(await testBed.store.attempts(id)), ...(await testBed.store.discounts(id))].every(({ sealed }) => sealed === null),
        'a code is kept that nobody needs',
      );
    /** How long a lost call is looked for after the end of its payment. */
    const untilNothingArrives = async () => {
      for (let passed = 0; passed < 30; passed += 1) await testBed.later(3_600_000);
    };
    const lose = (code: string, when: 'before' | 'after') =>
      testBed.control('faults', { op: 'use_code', when, kind: 'reset', code });

    /** Submits a code, and lets something happen while PayCodes looks it up. */
    async function typeWhile(id: string, typed: string, happens: () => Promise<unknown>) {
      const account = testBed.parts.account('books') ?? assert.fail();
      const getCode: typeof account.client.getCode = async (request, signal) => {
        const answer = await account.client.getCode(request, signal);
        if (answer.kind === 'found' && request.code === typed) await happens();
        return answer;
      };
      const parts = { ...testBed.parts, account: () => ({ ...account, client: { ...account.client, getCode } }) };
      await submitPayCode(parts, (await testBed.store.payment(id)) ?? assert.fail(), typed, { ip });
    }

    it('of the whole amount, used, and the server dies before it records that: it has paid', async () => {
      const id = await testBed.pay();
      const settleAttempt: Payments['settleAttempt'] = async (...outcome) => {
        if (outcome[2].kind === 'paid') throw new Error('the server is gone');
        return testBed.payments.settleAttempt(...outcome);
      };
      const parts = { ...testBed.parts, payments: { ...testBed.parts.payments, settleAttempt } };
      await submitPayCode(parts, (await testBed.store.payment(id)) ?? assert.fail(), 'FULL0001', { ip }).catch(() => undefined);
      assert.equal(testBed.uses('FULL0001'), 1);
      for (let passed = 0; passed < 4; passed += 1) await testBed.later(31_000);
      assert.deepEqual(await stands(id), ['succeeded', 0, 0, true, null]);
    });

    it('that somebody else uses while the code for the rest is looked up: nothing is used, and the whole amount is due', async () => {
      const [id, faster] = [await testBed.pay({ amount }), await testBed.pay({ amount })];
      for (const one of [id, faster]) await testBed.submit(one, 'DISC0001');
      await lose('DISC0001', 'before');
      await testBed.submit(id, 'GOOD0001');
      assert.equal((await testBed.submit(faster, 'GOOD0002')).status, 'succeeded');
      await typeWhile(id, 'GOOD0001', async () => {
        const [attempt] = (await testBed.store.attempts(id)).filter(({ status }) => status === 'processing');
        // The process that works on the attempt lives, and says so as time passes.
        for (let passed = 0; passed < 30; passed += 5) {
          testBed.clock.advance(5_000);
          await testBed.payments.renewLease(attempt?.id ?? assert.fail());
        }
        await testBed.later(1_000);
      });
      assert.deepEqual(await stands(id), ['open', amount, 0, false, 'discount_lost']);
      assert.equal(testBed.uses('GOOD0001'), 0);
    });

    it('typed in the last moment of a payment is not stored', async () => {
      const id = await testBed.pay({ amount, expiresIn: 60 });
      await typeWhile(id, 'DISC0003', async () => testBed.clock.advance(60_001));
      assert.deepEqual((await stands(id)).slice(0, 4), ['expired', amount, 0, false]);
      await nothingKept(id);
    });

    it('is no longer stored where the payment expires while the rest is being paid', async () => {
      const id = await testBed.pay({ amount, expiresIn: 60 });
      await testBed.submit(id, 'DISC0003');
      await typeWhile(id, 'LOW00001', async () => testBed.clock.advance(60_001));
      assert.deepEqual((await stands(id)).slice(0, 4), ['expired', amount, 0, false]);
      await nothingKept(id);
    });

    it('is no longer stored where a transfer is submitted just after the payment has expired', async () => {
      const id = await testBed.pay({ amount, expiresIn: 60 });
      await testBed.payments.showInstructions(id, { method: 'wallet', action: stubTransfer(amount), same: () => false });
      await testBed.payments.abandon(id);
      await testBed.submit(id, 'DISC0003');
      testBed.clock.advance(60_001);
      await testBed.payments.acceptSubmission(id, { method: 'wallet', submittedReference: '1234567890', lastCharacters: '7890' });
      assert.deepEqual((await stands(id)).slice(0, 4), ['expired', amount, 0, false]);
      await nothingKept(id);
    });

    it('is not used once money has come that a person must assign', async () => {
      const id = await testBed.pay({ amount });
      const shown = await testBed.payments.showInstructions(id, {
        method: 'wallet',
        action: stubTransfer(amount),
        same: () => false,
      });
      await testBed.payments.abandon(id);
      await testBed.submit(id, 'DISC0004');
      const evidence = { upstream: 'paykassma:x', upstreamId: `doubt-${id}`, amount, currency: 'PLN' };
      await typeWhile(id, 'GOOD0003', () =>
        testBed.payments.settleAttempt(id, shown.id, { kind: 'needs_review', why: 'a test', evidence }, 0),
      );
      assert.equal((await stands(id))[0], 'needs_review');
      assert.deepEqual([testBed.uses('DISC0004'), testBed.uses('GOOD0003')], [0, 0]);
    });

    it('is not used once the payment is canceled, though the rest was submitted before', async () => {
      const id = await testBed.pay({ amount });
      await testBed.submit(id, 'DISC0008');
      await lose('DISC0008', 'before');
      await testBed.submit(id, 'GOOD0004');
      const account = testBed.parts.account('books') ?? assert.fail();
      const getCode: typeof account.client.getCode = async (request, signal) => {
        const answer = await account.client.getCode(request, signal);
        await testBed.payments.cancel(id);
        return answer;
      };
      const parts = { ...testBed.parts, account: () => ({ ...account, client: { ...account.client, getCode } }) };
      await assert.rejects(redeemDiscount(parts, id), problem('payment_expired'));
      for (let passed = 0; passed < 4; passed += 1) await testBed.later(31_000);
      assert.deepEqual((await stands(id)).slice(0, 4), ['canceled', amount, 0, false]);
      assert.equal(testBed.uses('DISC0008'), 0);
      await untilNothingArrives();
      await nothingKept(id);
    });

    describe('whose use has no answer yet reduces nothing while money comes', () => {
      /** The requisites for the whole amount are shown; then comes a discount, and it is not known whether it is used. */
      async function inDoubt(code: string, when: 'before' | 'after') {
        const id = await testBed.pay({ amount });
        const shown = await testBed.payments.showInstructions(id, {
          method: 'wallet',
          action: stubTransfer(amount),
          same: () => false,
        });
        await testBed.payments.abandon(id);
        await testBed.submit(id, code);
        await lose(code, when);
        await testBed.submit(id, 'GOOD0004');
        const comes = (sum: number) =>
          testBed.payments.settleAttempt(
            id,
            shown.id,
            { kind: 'paid', evidence: { upstream: 'paykassma:x', upstreamId: shown.id, amount: sum, currency: 'PLN' } },
            0,
          );
        return { id, comes };
      }
      const afterwards = async () => {
        for (let passed = 0; passed < 4; passed += 1) await testBed.later(31_000);
      };

      it('it was not used: less than the whole amount is too little', async () => {
        const { id, comes } = await inDoubt('DISC0005', 'before');
        await comes(2500);
        assert.equal((await stands(id))[0], 'underpaid');
        await afterwards();
        assert.deepEqual((await stands(id)).slice(0, 4), ['underpaid', amount, 2500, false]);
        assert.equal(testBed.uses('DISC0005'), 0);
        await untilNothingArrives();
        await nothingKept(id);
      });

      it('it was used: then the rest is enough', async () => {
        const { id, comes } = await inDoubt('DISC0006', 'after');
        await comes(2500);
        await afterwards();
        assert.deepEqual((await stands(id)).slice(0, 4), ['succeeded', 2500, 2500, true]);
        assert.deepEqual(await testBed.webhookTypes(id), ['payment.underpaid', 'payment.succeeded']);
      });

      it('the whole amount came: it is paid, and a code that was not used is dropped', async () => {
        const { id, comes } = await inDoubt('DISC0007', 'before');
        await comes(amount);
        assert.equal((await stands(id))[0], 'succeeded');
        await afterwards();
        assert.deepEqual((await stands(id)).slice(0, 4), ['succeeded', amount, amount, false]);
        await untilNothingArrives();
        await nothingKept(id);
      });
    });
  });
}
