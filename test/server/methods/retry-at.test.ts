/** Until when to wait: what a problem says of it reaches the customer, also where it declines an attempt that has begun. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PaymentView } from '../../../server/contract/index.ts';
import { submitCard } from '../../../server/methods/card/start-card.ts';
import { showCode } from '../../../server/methods/pay-code/show-code.ts';
import { submitPayCode } from '../../../server/methods/pay-code/submit-code.ts';
import { submitTransfer } from '../../../server/methods/wallet/submit-transfer.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import type { Payments } from '../../../server/payments/payments.ts';
import { createCardTestBed, goodCard } from '../../support/card-test-bed.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { createWalletTestBed } from '../../support/wallet-test-bed.ts';
import { allRules } from './pay-code/all-rules.ts';

const retryAt = '2030-01-01T00:00:00.000Z';
const ip = '203.0.113.7';
/** The use cases of a payment that declines whatever is about to be sent. */
const declining = (payments: Payments): Payments => ({
  ...payments,
  recordIntent: async () => {
    throw new ProblemError('too_many_attempts', { retryAt });
  },
});
const told = ({ problem }: PaymentView) => [problem?.code, problem?.retryAt];
const both = ['too_many_attempts', retryAt];

describe('the time to wait that a limit names', () => {
  it('is shown for a card and its SMS', async (t) => {
    const testBed = await createCardTestBed();
    t.after(() => testBed.close());
    const id = await testBed.pay();
    const parts = { ...testBed.parts, payments: declining(testBed.payments) };
    await submitCard(parts, await testBed.paymentOf(id), goodCard, ip);
    assert.deepEqual(told(await testBed.payments.view(id)), both);
  });

  it('is shown for a typed code and for a shown one', async (t) => {
    const testBed = await createPayCodeTestBed({ settings: { rules: allRules } });
    t.after(() => testBed.close());
    const parts = { ...testBed.parts, payments: declining(testBed.payments) };
    for (const submit of [
      async (id: string) => submitPayCode(parts, await testBed.paymentOf(id), 'GOOD0001', { ip }),
      async (id: string) => showCode(parts, await testBed.paymentOf(id), { ip, acknowledge: false }),
    ]) {
      const id = await testBed.pay();
      await submit(id);
      assert.deepEqual(told(await testBed.payments.view(id)), both);
    }
  });

  it('is shown for a transaction number', async (t) => {
    const testBed = await createWalletTestBed();
    t.after(() => testBed.close());
    const id = await testBed.pay();
    await testBed.choose(id);
    const parts = { ...testBed.parts, payments: declining(testBed.payments) };
    await submitTransfer(parts, await testBed.paymentOf(id), { transactionNumber: '9000000001' }, ip);
    assert.deepEqual(told(await testBed.payments.view(id)), both);
  });
});
