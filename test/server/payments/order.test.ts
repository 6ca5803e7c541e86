/**
 * One order has one live payment, also with concurrent requests; and its earlier payments are considered before it is paid again.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createChangeNotifier } from '../../../server/payments/change-feed.ts';
import { createPayments } from '../../../server/payments/payments.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { usualEngines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { createPaymentTestBed, due, type PaymentTestBed } from '../../support/payment-test-bed.ts';

const hour = 3_600_000;

for (const engine of usualEngines) {
  describe(`an order (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PaymentTestBed;
    let database: { url: string; drop(): Promise<void> };
    let beside: OpenStore | null = null;
    before(async () => {
      database = await engine.create();
      testBed = await createPaymentTestBed(database.url);
      // SQLite has one process, so there both are the same.
      beside = engine.name === 'postgres' ? await openStore(database.url) : null;
    });
    after(async () => {
      await beside?.close();
      await testBed.close();
      await database.drop();
    });

    let orders = 0;
    const order = () => {
      orders += 1;
      return `order of a test ${orders}`;
    };
    const consentReason = async (id: string) => {
      const { nextAction } = await testBed.payments.view(id);
      return nextAction.kind === 'confirm' ? nextAction.reason : nextAction.kind;
    };
    const statuses = (ids: string[]) => Promise.all(ids.map(async (id) => (await testBed.payments.view(id)).status));
    /** The payments of a second process of the same server. */
    const second = () => {
      const { clock } = testBed;
      const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
      const methods = testBed.methods;
      return createPayments({
        store: beside ?? testBed.store,
        clock,
        changes: createChangeNotifier(),
        methods,
        merchant: () => merchant,
        observer,
      });
    };

    it('has one live payment, however many requests create it at once in two processes', async () => {
      const other = second();
      for (let round = 0; round < 4; round += 1) {
        const orderId = order();
        const wanted = { amount: due, currency: 'MMK', orderId, label: 'customer' };
        const many = () =>
          [0, 1, 2, 3].flatMap(() => [testBed.payments.create(merchant, wanted), other.create(merchant, wanted)]);
        const ids = new Set(await Promise.all(many()));
        assert.equal(ids.size, 1);
        const [id = ''] = ids;
        // And again, as soon as it is over.
        await Promise.all([testBed.payments.cancel(id), ...many().map((made) => made.then((one) => ids.add(one)))]);
        const living = (await statuses([...ids])).filter((status) => status === 'open');
        assert.ok(living.length <= 1, `${living.length} payments of one order live`);
      }
    });

    it('needs consent to be paid again, where requisites were shown for its last payment', async () => {
      const orderId = order();
      const first = await testBed.pay(orderId);
      await testBed.show(first);
      testBed.clock.advance(hour);
      const next = await testBed.pay(orderId);
      assert.notEqual(next, first);
      assert.equal(await consentReason(next), 'earlier_payment');
      const card = (acknowledge: boolean) =>
        testBed.payments.beginImmediate(next, { method: 'card', lastCharacters: null, acknowledge });
      await assert.rejects(card(false), { code: 'payment_processing', extras: { field: 'acknowledge' } });
      const start = { method: 'wallet' as const, same: () => false, action: { kind: 'enter_code' as const } };
      await assert.rejects(testBed.payments.showInstructions(next, start), { code: 'payment_processing' });
      await card(true);
      assert.deepEqual(await statuses([first, next]), ['expired', 'processing']);
    });

    it('needs no consent once no money for its last payment can arrive any more', async () => {
      const orderId = order();
      const first = await testBed.pay(orderId);
      await testBed.show(first);
      await testBed.payments.cancel(first);
      testBed.clock.advance(7 * 24 * hour - 1);
      assert.equal(await consentReason(await testBed.pay(orderId)), 'earlier_payment');
      testBed.clock.advance(1);
      assert.notEqual(await consentReason(await testBed.pay(orderId)), 'earlier_payment');
    });

    it('needs no consent where nothing was shown or sent for its last payment', async () => {
      const orderId = order();
      const first = await testBed.pay(orderId);
      const attempt = await testBed.beginCard(first);
      await testBed.payments.settleAttempt(first, attempt.id, { kind: 'declined', decline: { code: 'card_declined' } }, 0);
      await testBed.payments.cancel(first);
      assert.notEqual(await consentReason(await testBed.pay(orderId)), 'earlier_payment');
    });

    it('needs consent while a late transfer is looked for, and is paid where that is found: no third payment is created', async () => {
      const orderId = order();
      const first = await testBed.pay(orderId);
      const attempt = await testBed.lookedFor(first);
      await testBed.payments.cancel(first);
      const next = await testBed.pay(orderId);
      assert.equal(await consentReason(next), 'earlier_payment');
      await testBed.paid(first, attempt.id);
      assert.deepEqual(await statuses([first, next]), ['succeeded', 'open']);
      assert.equal(await testBed.pay(orderId), first, 'a paid order is asked to be paid');
      assert.equal(await consentReason(next), 'earlier_payment');
      await testBed.payments.cancel(next);
      assert.equal(await testBed.pay(orderId), first);
    });

    it('that was paid twice reports the second payment, in the webhook and in the audit', async () => {
      const orderId = order();
      const first = await testBed.pay(orderId);
      const attempt = await testBed.lookedFor(first);
      testBed.clock.advance(hour);
      const next = await testBed.pay(orderId);
      const other = await testBed.beginCard(next);
      await testBed.paid(next, other.id);
      await testBed.paid(first, attempt.id);
      const read = async (id: string) => (await testBed.payments.read(merchant.id, id))?.orderAlreadyPaidBy;
      assert.deepEqual([await read(first), await read(next)], [next, undefined]);
      const [webhook] = (await testBed.outbox(first)).filter(({ type }) => type === 'payment.succeeded');
      assert.equal(webhook?.data.payment.orderAlreadyPaidBy, next);
      await testBed.trail.assertWhole(first);
      const marked = (await testBed.trail.events(first)).filter(({ data }) => data.orderAlreadyPaidBy === next);
      assert.equal(marked.length, 1);
      // More evidence for the same payment reports it again, and nothing else.
      await testBed.paid(first, attempt.id, { upstreamId: 'more' });
      assert.equal(await read(first), next);
      // Nor does the one that paid the order first become a second payment of it by a surplus of its own.
      await testBed.paid(next, other.id, { upstreamId: `${next} once more` });
      assert.deepEqual([await read(first), await read(next)], [next, undefined]);
    });

    it('that is paid twice at the same moment reports at least one of them', async () => {
      const other = second();
      for (let round = 0; round < 6; round += 1) {
        const orderId = order();
        const ids: string[] = [];
        const attempts: string[] = [];
        for (let payment = 0; payment < 3; payment += 1) {
          const id = await testBed.pay(orderId);
          ids.push(id);
          attempts.push((await testBed.lookedFor(id)).id);
          await testBed.payments.cancel(id);
        }
        const money = (id: string, attemptId: string) => ({
          kind: 'paid' as const,
          evidence: { upstream: 'test', upstreamId: `${id}`, amount: due, currency: 'MMK', attemptId },
        });
        await Promise.all(
          ids.map((id, at) => {
            const { attemptId, ...evidence } = money(id, attempts[at] ?? '').evidence;
            return (at === 1 ? testBed.payments : other).settleAttempt(id, attemptId, { kind: 'paid', evidence }, 9);
          }),
        );
        assert.deepEqual(await statuses(ids), ['succeeded', 'succeeded', 'succeeded']);
        const marked = await Promise.all(ids.map(async (id) => (await testBed.store.payment(id))?.orderAlreadyPaidBy));
        assert.equal(marked.filter((by) => by !== null).length, 2, `marked: ${marked.join()}`);
      }
    });

    it('whose payment is underpaid or in review keeps it, and no second one is created', async () => {
      for (const status of ['underpaid', 'needs_review'] as const) {
        const orderId = order();
        const id = await testBed.pay(orderId);
        const attempt = await testBed.beginCard(id);
        if (status === 'underpaid') await testBed.paid(id, attempt.id, { amount: 1 });
        else await testBed.payments.settleAttempt(id, attempt.id, { kind: 'needs_review', why: 'test' }, 0);
        testBed.clock.advance(30 * 24 * hour);
        assert.equal(await testBed.pay(orderId), id);
        assert.deepEqual(await statuses([id]), [status]);
      }
    });

    it('of another customer is not shown, neither while its payment is live nor when it was paid late', async () => {
      const orderId = order();
      const first = await testBed.pay(orderId);
      const attempt = await testBed.lookedFor(first);
      const stranger = { amount: due, currency: 'MMK', orderId, label: 'somebody else' };
      const conflict = { code: 'order_conflict', extras: { field: 'label' } };
      const refusedTo = async () => {
        const cause = await testBed.payments.create(merchant, stranger).catch((thrown: unknown) => thrown);
        assert.ok(cause instanceof Error && 'code' in cause);
        assert.deepEqual([cause.code, Object(cause).extras.field], [conflict.code, 'label']);
      };
      await refusedTo();
      await testBed.payments.cancel(first);
      await testBed.paid(first, attempt.id);
      await refusedTo();
    });
  });
}
