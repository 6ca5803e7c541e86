/** One view is of one moment: payment and attempts are never of two states, and a code is never shown in part. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NextAction } from '#contract';
import { createPayCodes } from '../../../server/methods/pay-code/method.ts';
import type { AttemptRecord } from '../../../server/payments/model/records.ts';
import type { Store } from '../../../server/payments/model/store.ts';
import type { Payments } from '../../../server/payments/payments.ts';
import { createSealer } from '../../../server/payments/sealer.ts';
import { engines } from '../../support/engines.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';

for (const engine of engines) {
  describe(`a view (${engine.name})`, { skip: engine.skip }, () => {
    it('shows payment, attempts and evidence as they stood at one moment, to customer and merchant', async () => {
      const database = await engine.createEmpty();
      const testBed = await createPayCodeTestBed({ databaseUrl: database.url });
      const { payments, store } = testBed;
      try {
        const id = await testBed.pay();
        const attempt = await payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
        // Each change writes the payment's version into both.
        let writing = true;
        const writer = (async () => {
          for (let n = 1; writing; n += 1) {
            await store.transaction(async (tx) => {
              const before = await tx.lockPayment(id);
              const own = await tx.attempt(attempt.id);
              assert.ok(before && own);
              await tx.updatePayment({ ...before, version: before.version + 1, amountPaid: n });
              await tx.updateAttempt({ ...own, lastCharacters: String(n) });
            });
          }
        })();
        for (let look = 0; look < 150; look += 1) {
          const view = await payments.view(id);
          assert.equal(view.attempt?.lastCharacters ?? '0', String(view.amountPaid), `look ${look}`);
          const read = await payments.read('books', id);
          assert.equal(read?.attempts[0]?.lastCharacters ?? '0', String(read?.amountPaid), `look ${look}`);
        }
        writing = false;
        await writer;
      } finally {
        await testBed.close();
        await database.drop();
      }
    });
  });
}

describe('the text of an SMS that is to be sent', () => {
  const sealer = createSealer(Buffer.alloc(32, 1));
  const { reveal } = createPayCodes({
    account: () => null,
    sealer,
    clock: Date,
    observer: { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} },
    // Revealing an action reads the attempt alone.
    payments: {} as Payments,
    store: {} as Store,
  }).port;
  const action = { kind: 'send_sms', text: 'PAY.CODE {code}', number: '7255', price: null, continuation: 'wait', until: '' };
  const shown = (sealed: string | null) => ({ id: 'att_1', sealed, action }) as unknown as AttemptRecord;

  it('is not shown with a placeholder for a code that is gone', async () => {
    const testBed = await createPayCodeTestBed();
    try {
      const id = await testBed.pay();
      const attempt = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
      await testBed.payments.settleAttempt(
        id,
        attempt.id,
        { kind: 'action_required', action: action as NextAction, problem: null },
        0,
      );
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.nextAction.kind], ['awaiting_customer', 'none']);
    } finally {
      await testBed.close();
    }
  });

  it('contains the code whatever characters it has', () => {
    const revealed = reveal?.(shown(sealer.seal("$&$'1", 'att_1')));
    assert.equal(revealed?.kind === 'send_sms' && revealed.text, "PAY.CODE $&$'1");
  });
});
