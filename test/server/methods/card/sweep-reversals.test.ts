/** Receipts that somebody cancels in Payme's own cabinet are noticed within a day, once, and ours are not taken for them. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type SweepDeps, sweepReversals } from '../../../../server/methods/card/sweep-reversals.ts';
import { createChangeNotifier, createUnitOfWork } from '../../../../server/payments/change-feed.ts';
import { reversePayment } from '../../../../server/payments/review.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { usualEngines } from '../../../support/engines.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

for (const engine of usualEngines) {
  describe(`a receipt that was returned at Payme (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let testBed: CardTestBed;
    let deps: SweepDeps;
    const reported: string[] = [];
    before(async () => {
      database = await engine.create();
      testBed = await createCardTestBed({ databaseUrl: database.url });
      const { store, clock, observer } = testBed.parts;
      const unitOfWork = createUnitOfWork({ store, clock, observer, changes: createChangeNotifier() });
      const reversed: SweepDeps['reversed'] = async (paymentId, money) => {
        reported.push(paymentId);
        await reversePayment(unitOfWork, paymentId, money);
      };
      deps = { ...testBed.parts, merchantIds: () => ['books', 'books', 'nobody'], reversed };
      await sweepReversals(deps);
    });
    afterEach(() => {
      reported.length = 0;
    });
    after(async () => {
      await testBed.close();
      await database.drop();
    });

    const paid = async () => {
      const id = await testBed.pay();
      await testBed.card(id);
      assert.equal((await testBed.code(id)).status, 'succeeded');
      const [evidence] = await testBed.store.evidence(id);
      return { id, receipt: evidence?.upstreamId ?? '' };
    };
    const cancelInCabinet = (receipt: string, state = 21) => testBed.control(`receipts/${receipt}/state`, { state });
    /** To 21:00 UTC of the next day but one, so that the sweep of the last night is over. */
    const toNight = () => testBed.clock.advance(2 * dayMs - ((testBed.clock.now() - 21 * hourMs) % dayMs));
    /** All passes of the next night's sweep. @returns How many pages were requested. */
    const sweep = async () => {
      const before = testBed.calls('receipts.get_all').length;
      toNight();
      for (let pass = 0, seen = -1; pass < 100; pass += 1) {
        await sweepReversals(deps);
        const requested = testBed.calls('receipts.get_all').length;
        if (requested === seen) break;
        seen = requested;
      }
      return testBed.calls('receipts.get_all').length - before;
    };

    it('is noticed at 21 and at 50, and told once', async () => {
      const [one, other, kept] = [await paid(), await paid(), await paid()];
      await cancelInCabinet(one.receipt);
      await cancelInCabinet(other.receipt, 50);
      await sweep();
      assert.deepEqual(reported.toSorted(), [one.id, other.id].toSorted());
      const flags = await testBed.store.flags(one.id);
      assert.deepEqual(
        flags.map(({ kind, subject, amount, currency }) => [kind, subject, amount, currency]),
        [['reversed', one.receipt, 500_000, 'UZS']],
      );
      assert.deepEqual(await testBed.store.flags(kept.id), []);
      const statuses = await Promise.all([one, other, kept].map(async ({ id }) => (await testBed.store.payment(id))?.status));
      assert.deepEqual(statuses, ['needs_review', 'needs_review', 'succeeded']);
      const webhooks = (await testBed.outbox(one.id)).map(({ type }) => type);
      assert.deepEqual(webhooks, ['payment.succeeded', 'payment.needs_review', 'payment.reversed']);
      reported.length = 0;
      await sweep();
      assert.deepEqual(reported, []);
    });

    it('is not noticed twice by two processes, and not before its day', async () => {
      const { id, receipt } = await paid();
      await cancelInCabinet(receipt);
      await sweepReversals(deps);
      assert.deepEqual(reported, []);
      toNight();
      await Promise.all([sweepReversals(deps), sweepReversals(deps), sweepReversals(deps)]);
      assert.deepEqual(reported, [id]);
    });

    it('by a refund of ours is none of its business, whether it runs or is done', async () => {
      const [running, done] = [await paid(), await paid()];
      await testBed.payments.refund(done.id);
      assert.equal((await testBed.untilSettled(done.id)).status, 'refunded');
      await testBed.payments.refund(running.id);
      await testBed.parts.account('books')?.client.receiptsCancel({ id: running.receipt });
      await sweep();
      assert.deepEqual(reported, []);
      await testBed.untilSettled(running.id);
    });

    it('and was never paid, or is not in our books, is none of its business', async () => {
      const client = testBed.parts.account('books')?.client;
      const made = await client?.receiptsCreate({ amount: 1_000, account: { order_id: '1' }, description: 'of another system' });
      assert.equal(made?.kind, 'ok');
      if (made?.kind === 'ok') await client?.receiptsCancel({ id: made.result.id });
      await sweep();
      assert.deepEqual(reported, []);
    });

    it('far down the list is found, in bounded passes that go on where the last one stopped', async () => {
      const { id, receipt } = await paid();
      await cancelInCabinet(receipt);
      const client = testBed.parts.account('books')?.client;
      for (let n = 0; n < 230; n += 1)
        await client?.receiptsCreate({ amount: 1_000, account: { order_id: '1' }, description: 'of another system' });
      toNight();
      const before = testBed.calls('receipts.get_all').length;
      await sweepReversals(deps);
      assert.equal(testBed.calls('receipts.get_all').length - before, 4);
      assert.deepEqual(reported, []);
      await sweepReversals(deps);
      assert.deepEqual(reported, [id]);
    });

    it('is found later if Payme cannot be reached', async () => {
      const { id, receipt } = await paid();
      await cancelInCabinet(receipt);
      await testBed.control('settings', { refuse: { 'receipts.get_all': -32400 } });
      await sweep();
      await testBed.control('settings', { refuse: { 'receipts.get_all': null } });
      assert.deepEqual(reported, []);
      testBed.clock.advance(16 * 60_000);
      await sweepReversals(deps);
      await sweepReversals(deps);
      assert.deepEqual(reported, [id]);
    });

    it('more than thirty days old is not looked for', async () => {
      const { receipt } = await paid();
      testBed.clock.advance(31 * dayMs);
      await cancelInCabinet(receipt, 50);
      await sweep();
      assert.deepEqual(reported, []);
      assert.deepEqual(testBed.failures, []);
    });
  });
}
