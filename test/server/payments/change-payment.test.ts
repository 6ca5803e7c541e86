/** The merchant's server changes a payment that nobody is paying: `PATCH /v1/payments/:id` below HTTP. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChangePayment } from '../../../server/contract/index.ts';
import { type ActsTestBed, createActsTestBed, refusedWith } from '../../support/acts-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const item = (price: number) => ({ title: 'Book', price, count: 2, code: '00702001001000001', vatPercent: 12, packageCode: '1' });

for (const engine of usualEngines) {
  describe(`changing a payment (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    withTestBed(engine, createActsTestBed, (opened) => {
      bed = opened;
    });

    const change = async (id: string, wanted: Omit<ChangePayment, 'version'>) =>
      bed.payments.change(merchant, id, { version: await bed.version(id), ...wanted });
    const events = (id: string) => bed.trail.webhooks(id);

    it('gives it another amount, and says so to the shop and in the history', async () => {
      const id = await bed.pay();
      await change(id, { amount: 450_000, description: 'Two books', metadata: { cart: '8' } });
      const payment = await bed.checked(id);
      assert.deepEqual(
        [payment.status, payment.amount, payment.description, payment.metadata, payment.version],
        ['open', 450_000, 'Two books', { cart: '8' }, 2],
      );
      const { due: left, amount, version } = await bed.payments.view(id);
      assert.deepEqual([left, amount, version], [450_000, 450_000, 2]);
      assert.deepEqual(await events(id), ['payment.updated']);
      const { type, data } = (await bed.trail.events(id)).at(-1) ?? {};
      assert.equal(type, 'payment.changed');
      assert.deepEqual(data, {
        fields: 'amount, description, metadata',
        amountBefore: due,
        amount: 450_000,
        version: 2,
      });
    });

    it('is paid by the new amount, and not by that of before', async () => {
      const id = await bed.pay();
      await change(id, { amount: due + 1 });
      const attempt = await bed.beginCard(id);
      await bed.paid(id, attempt.id, { amount: due });
      assert.equal((await bed.checked(id)).status, 'underpaid');
    });

    it('changes nothing where everything is as it was', async () => {
      const id = await bed.pay();
      await change(id, { amount: due });
      assert.equal((await bed.checked(id)).version, 1);
      assert.deepEqual(await events(id), []);
    });

    it('removes the description, and extends the time', async () => {
      const id = await bed.pay();
      await change(id, { description: 'One book' });
      const { expiresAt } = await bed.checked(id);
      await change(id, { description: null, expiresIn: 7200 });
      const payment = await bed.checked(id);
      assert.equal(payment.description, null);
      assert.ok(payment.expiresAt > expiresAt);
      await assert.rejects(change(id, { expiresIn: 60 }), refusedWith('invalid_request', /can only be extended/));
    });

    it('needs items that add up to the amount', async () => {
      const id = await bed.pay();
      await assert.rejects(change(id, { items: [item(1_000)] }), refusedWith('invalid_request', /add up to 2000/));
      await change(id, { items: [item(300_000)] });
      await assert.rejects(change(id, { amount: 500_000 }), refusedWith('invalid_request', /the items of the new amount/));
      await change(id, { amount: 500_000, items: [item(250_000)] });
      assert.deepEqual((await bed.checked(id)).items, [item(250_000)]);
    });

    it('sends nobody to an address of a stranger', async () => {
      const id = await bed.pay();
      const returnUrls = { success: 'https://evil.example/' };
      await assert.rejects(change(id, { returnUrls }), refusedWith('invalid_request', /allowed origin/));
    });

    it('does not overwrite what it has not seen', async () => {
      const id = await bed.pay();
      await change(id, { amount: 500_000 });
      const stale = bed.payments.change(merchant, id, { version: 1, amount: 400_000 });
      await assert.rejects(stale, refusedWith('version_conflict', /open now, at version 2/));
      assert.equal((await bed.checked(id)).amount, 500_000);
    });

    it('is refused while an attempt may still pay the amount of before, and says what the payment is now', async () => {
      const shown = await bed.pay();
      await bed.show(shown);
      await assert.rejects(
        change(shown, { amount: 1 }),
        refusedWith('payment_processing', /is awaiting_customer now, at version/),
      );
      await bed.payments.abandon(shown);
      // The customer still knows the account.
      await assert.rejects(change(shown, { amount: 1 }), refusedWith('payment_processing', /earlier attempt/));

      const inFlight = await bed.pay();
      await bed.beginCard(inFlight);
      await assert.rejects(change(inFlight, { amount: 1 }), refusedWith('payment_processing', /is processing now/));

      const lookedFor = await bed.pay();
      await bed.lookedFor(lookedFor);
      await assert.rejects(change(lookedFor, { amount: 1 }), refusedWith('payment_processing', /earlier attempt/));
    });

    it('is possible again after an attempt that has certainly paid nothing, whose problem is forgotten', async () => {
      const id = await bed.pay();
      const attempt = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, attempt.id, { kind: 'declined', decline: { code: 'insufficient_funds' } }, 0);
      await change(id, { amount: 1_000 });
      const { amount, problem } = await bed.checked(id);
      assert.deepEqual([amount, problem], [1_000, null]);
    });

    it('is refused with a discount, whose code was priced for the amount of before', async () => {
      const id = await bed.pay();
      const attempt = await bed.payments.beginImmediate(id, { method: 'card', lastCharacters: '0001', seal: () => 'sealed' });
      await bed.payments.settleAttempt(id, attempt.id, { kind: 'discount_reserved', deduction: 60_000, rule: 'ten' }, 0);
      await assert.rejects(change(id, { amount: 1_000 }), refusedWith('discount_taken', /discount/));
      await bed.payments.removeDiscount(id);
      await change(id, { amount: 1_000 });
      assert.equal((await bed.checked(id)).amount, 1_000);
    });

    it('is refused after the end, and once money has come', async () => {
      const canceled = await bed.pay();
      await bed.payments.cancel(canceled);
      await assert.rejects(change(canceled, { amount: 1 }), refusedWith('payment_expired', /is canceled now/));
      const { id } = await bed.paidByCard();
      await assert.rejects(change(id, { amount: 1 }), refusedWith('payment_expired', /is succeeded now/));
      const uncounted = await bed.uncounted();
      await assert.rejects(change(uncounted.id, { amount: 1 }), refusedWith('payment_processing', /needs_review now/));
    });

    it('is refused for the payment of a signed link', async () => {
      const wanted = { amount: due, currency: 'MMK', orderId: 'of a link', label: 'customer' };
      const id = await bed.payments.create(merchant, wanted, { mostInDay: 20 });
      await assert.rejects(change(id, { description: 'x' }), refusedWith('decision_refused', /signed link/));
    });
  });
}
