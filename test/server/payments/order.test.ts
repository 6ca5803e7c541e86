/** One order: one payment that lives, also where many ask for it at once; and what is known of its earlier payments before it is paid again. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createChangeNotifier } from '../../../server/payments/change-feed.ts';
import { createPayments } from '../../../server/payments/payments.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';
import { createEvidenceWorld, due, type EvidenceWorld } from '../../support/evidence-world.ts';
import { merchant } from '../../support/world.ts';

const hour = 3_600_000;

for (const engine of engines) {
  describe(`an order (${engine.name})`, { skip: engine.skip }, () => {
    let world: EvidenceWorld;
    let database: { url: string; drop(): Promise<void> };
    let beside: OpenStore | null = null;
    before(async () => {
      database = await engine.create();
      world = await createEvidenceWorld(database.url);
      // An embedded database has one process, so there both are one.
      beside = engine.name === 'postgres' ? await openStore(database.url) : null;
    });
    after(async () => {
      await beside?.close();
      await world.close();
      await database.drop();
    });

    let orders = 0;
    const order = () => {
      orders += 1;
      return `order of a test ${orders}`;
    };
    const asked = async (id: string) => {
      const { nextAction } = await world.payments.view(id);
      return nextAction.kind === 'confirm' ? nextAction.reason : nextAction.kind;
    };
    const statuses = (ids: string[]) => Promise.all(ids.map(async (id) => (await world.payments.view(id)).status));
    /** As a second process of the same server has it. */
    const second = () => {
      const { clock } = world;
      const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
      const methods = world.methods;
      return createPayments({
        store: beside ?? world.store,
        clock,
        changes: createChangeNotifier(),
        methods,
        merchant: () => merchant,
        observer,
      });
    };

    it('has one payment that lives, whoever asks for it at once, in two processes', async () => {
      const other = second();
      for (let round = 0; round < 4; round += 1) {
        const orderId = order();
        const wanted = { amount: due, currency: 'MMK', orderId, label: 'customer' };
        const many = () => [0, 1, 2, 3].flatMap(() => [world.payments.create(merchant, wanted), other.create(merchant, wanted)]);
        const ids = new Set(await Promise.all(many()));
        assert.equal(ids.size, 1);
        const [id = ''] = ids;
        // And again, as soon as it is over.
        await Promise.all([world.payments.cancel(id), ...many().map((made) => made.then((one) => ids.add(one)))]);
        const living = (await statuses([...ids])).filter((status) => status === 'open');
        assert.ok(living.length <= 1, `${living.length} payments of one order live`);
      }
    });

    it('is not paid again unasked, where a customer was shown where to transfer to for its last payment', async () => {
      const orderId = order();
      const first = await world.pay(orderId);
      await world.show(first);
      world.clock.advance(hour);
      const next = await world.pay(orderId);
      assert.notEqual(next, first);
      assert.equal(await asked(next), 'earlier_payment');
      const card = (acknowledge: boolean) =>
        world.payments.beginImmediate(next, { method: 'card', lastCharacters: null, acknowledge });
      await assert.rejects(card(false), { code: 'payment_processing', extras: { field: 'acknowledge' } });
      const start = { method: 'wallet' as const, same: () => false, action: { kind: 'enter_code' as const } };
      await assert.rejects(world.payments.showInstructions(next, start), { code: 'payment_processing' });
      await card(true);
      assert.deepEqual(await statuses([first, next]), ['expired', 'processing']);
    });

    it('is, once money for that can come no more', async () => {
      const orderId = order();
      const first = await world.pay(orderId);
      await world.show(first);
      await world.payments.cancel(first);
      world.clock.advance(7 * 24 * hour - 1);
      assert.equal(await asked(await world.pay(orderId)), 'earlier_payment');
      world.clock.advance(1);
      assert.notEqual(await asked(await world.pay(orderId)), 'earlier_payment');
    });

    it('is, where nothing was shown and nothing sent', async () => {
      const orderId = order();
      const first = await world.pay(orderId);
      const attempt = await world.beginCard(first);
      await world.payments.settleAttempt(first, attempt.id, { kind: 'declined', decline: { code: 'card_declined' } }, 0);
      await world.payments.cancel(first);
      assert.notEqual(await asked(await world.pay(orderId)), 'earlier_payment');
    });

    it('that a late transfer is looked for is not paid again unasked, and is paid where that is found: no third payment is made', async () => {
      const orderId = order();
      const first = await world.pay(orderId);
      const attempt = await world.lookedFor(first);
      await world.payments.cancel(first);
      const next = await world.pay(orderId);
      assert.equal(await asked(next), 'earlier_payment');
      await world.paid(first, attempt.id);
      assert.deepEqual(await statuses([first, next]), ['succeeded', 'open']);
      assert.equal(await world.pay(orderId), first, 'a paid order is asked to be paid');
      assert.equal(await asked(next), 'earlier_payment');
      await world.payments.cancel(next);
      assert.equal(await world.pay(orderId), first);
    });

    it('that was paid twice says so of the second, to the shop and in the audit', async () => {
      const orderId = order();
      const first = await world.pay(orderId);
      const attempt = await world.lookedFor(first);
      world.clock.advance(hour);
      const next = await world.pay(orderId);
      const other = await world.beginCard(next);
      await world.paid(next, other.id);
      await world.paid(first, attempt.id);
      const read = async (id: string) => (await world.payments.read(merchant.id, id))?.orderAlreadyPaidBy;
      assert.deepEqual([await read(first), await read(next)], [next, undefined]);
      const [told] = (await world.outbox(first)).filter(({ type }) => type === 'payment.succeeded');
      assert.equal(told?.data.payment.orderAlreadyPaidBy, next);
      await world.trail.assertWhole(first);
      const marked = (await world.trail.events(first)).filter(({ data }) => data.orderAlreadyPaidBy === next);
      assert.equal(marked.length, 1);
      // More of the same says it again, and nothing else.
      await world.paid(first, attempt.id, { upstreamId: 'more' });
      assert.equal(await read(first), next);
      // Nor does the one that paid the order first become a second payment of it by a surplus of its own.
      await world.paid(next, other.id, { upstreamId: `${next} once more` });
      assert.deepEqual([await read(first), await read(next)], [next, undefined]);
    });

    it('that is paid twice at one moment says so of one of them at least', async () => {
      const other = second();
      for (let round = 0; round < 6; round += 1) {
        const orderId = order();
        const ids: string[] = [];
        const attempts: string[] = [];
        for (let payment = 0; payment < 3; payment += 1) {
          const id = await world.pay(orderId);
          ids.push(id);
          attempts.push((await world.lookedFor(id)).id);
          await world.payments.cancel(id);
        }
        const money = (id: string, attemptId: string) => ({
          kind: 'paid' as const,
          evidence: { upstream: 'test', upstreamId: `${id}`, amount: due, currency: 'MMK', attemptId },
        });
        await Promise.all(
          ids.map((id, at) => {
            const { attemptId, ...evidence } = money(id, attempts[at] ?? '').evidence;
            return (at === 1 ? world.payments : other).settleAttempt(id, attemptId, { kind: 'paid', evidence }, 9);
          }),
        );
        assert.deepEqual(await statuses(ids), ['succeeded', 'succeeded', 'succeeded']);
        const marked = await Promise.all(ids.map(async (id) => (await world.store.payment(id))?.orderAlreadyPaidBy));
        assert.equal(marked.filter((by) => by !== null).length, 2, `marked: ${marked.join()}`);
      }
    });

    it('whose payment is underpaid or in review keeps it: no second one is begun beside money that is there', async () => {
      for (const status of ['underpaid', 'needs_review'] as const) {
        const orderId = order();
        const id = await world.pay(orderId);
        const attempt = await world.beginCard(id);
        if (status === 'underpaid') await world.paid(id, attempt.id, { amount: 1 });
        else await world.payments.settleAttempt(id, attempt.id, { kind: 'needs_review', why: 'test' }, 0);
        world.clock.advance(30 * 24 * hour);
        assert.equal(await world.pay(orderId), id);
        assert.deepEqual(await statuses([id]), [status]);
      }
    });

    it('of another customer is not theirs, neither while it lives nor when it was paid late', async () => {
      const orderId = order();
      const first = await world.pay(orderId);
      const attempt = await world.lookedFor(first);
      const stranger = { amount: due, currency: 'MMK', orderId, label: 'somebody else' };
      const conflict = { code: 'order_conflict', extras: { field: 'label' } };
      const refusedTo = async () => {
        const cause = await world.payments.create(merchant, stranger).catch((thrown: unknown) => thrown);
        assert.ok(cause instanceof Error && 'code' in cause);
        assert.deepEqual([cause.code, Object(cause).extras.field], [conflict.code, 'label']);
      };
      await refusedTo();
      await world.payments.cancel(first);
      await world.paid(first, attempt.id);
      await refusedTo();
    });
  });
}
