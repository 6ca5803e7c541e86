/** The types of webhooks that a merchant wants: what is left out, and what is not although it seems to be. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { isoTime } from '../../../server/payments/model/time.ts';
import { usualEngines } from '../../support/engines.ts';
import { accept, answer, createWebhookTestBed, type WebhookTestBed } from './webhook-test-bed.ts';

const hour = 3_600_000;
const wanted = ['payment.succeeded', 'payment.refunded'];
const unwanted = { type: 'payment.processing' };

for (const engine of usualEngines) {
  describe(`the filter of types on ${engine.name}`, { skip: engine.skip }, () => {
    let bed: WebhookTestBed;
    beforeEach(async () => {
      bed = await createWebhookTestBed(engine);
      bed.types.books = wanted;
    });
    afterEach(async () => {
      await bed.close();
      assert.deepEqual(bed.failures, []);
    });

    const event = (payment: string, sequence: number) => `evt_books_${payment}${sequence}`;
    const statusOf = async (payment: string, sequence: number) => (await bed.read(event(payment, sequence))).status;
    const replay = (payment: string, sequence: number) => bed.log.replay(event(payment, sequence), ['books'], 'merchant:books');
    const change = (types: string[]) => {
      bed.types.books = types;
      bed.sender.filtersChanged([{ merchantId: 'books', endpoint: 'main', types }]);
    };
    const replayDay = async () => {
      const [from, to] = [isoTime(bed.clock.now() - 24 * hour), isoTime(bed.clock.now())];
      return bed.log.replayRange('books', { from, to }, 'operator:ann');
    };

    it('sends the wanted types only, in order, and the log has all of them and says which were left out', async () => {
      await bed.put('books', 'p', 1, unwanted);
      await bed.put('books', 'p', 2);
      await bed.put('books', 'p', 3, { type: 'payment.updated' });
      await bed.put('books', 'p', 4, { type: 'payment.refunded' });
      await bed.put('films', 'q', 1, unwanted);
      await bed.sender.runOnce();
      assert.deepEqual(
        bed.ids().filter((id) => id.startsWith('p')),
        ['p2', 'p4'],
      );
      assert.ok(bed.ids().includes('q1'));
      const { events } = await bed.log.list('books', { limit: 20 });
      assert.deepEqual(
        events.map(({ sequence, status, deliveryCount, nextTryAt }) => [sequence, status, deliveryCount, nextTryAt]),
        [
          [1, 'filtered', 0, null],
          [2, 'delivered', 1, null],
          [3, 'filtered', 0, null],
          [4, 'delivered', 1, null],
        ],
      );
      const sequences = async (status: 'filtered' | 'delivered' | 'pending') =>
        (await bed.log.list('books', { status, limit: 20 })).events.map(({ sequence }) => sequence);
      assert.deepEqual(
        [await sequences('filtered'), await sequences('delivered'), await sequences('pending')],
        [[1, 3], [2, 4], []],
      );
      assert.deepEqual(await bed.log.undelivered({ merchants: null, after: null, limit: 20 }), []);
      assert.equal((await bed.store.backlog()).undeliveredWebhooks, 0);
    });

    it('stores what it leaves out as a process of an older version understands it: nothing is to be done', async () => {
      await bed.put('books', 'p', 1, unwanted);
      await bed.sender.runOnce();
      const row = await bed.db.selectFrom('outbox').select(['status', 'delivered_at', 'lease_until']).executeTakeFirstOrThrow();
      assert.deepEqual({ ...row }, { status: 'delivered', delivered_at: null, lease_until: 0 });
    });

    it('decides when the turn of a webhook comes: a wider filter sends what waits, and nothing that was left out before', async () => {
      await bed.put('books', 'p', 1, unwanted);
      await bed.sender.runOnce();
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 2);
      await bed.put('books', 'p', 3, unwanted);
      await bed.sender.runOnce();
      assert.equal(await statusOf('p', 3), 'pending');
      bed.answers.books = accept;
      change([...wanted, unwanted.type]);
      bed.clock.advance(hour);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p2', 'p2', 'p3']);
      assert.equal(await statusOf('p', 1), 'filtered');
    });

    it('lets a webhook that the host refuses hold back nothing any more as soon as its type is not wanted', async () => {
      bed.types.books = [...wanted, unwanted.type];
      bed.answers.books = (_request, response) => void response.writeHead(bed.got.at(-1)?.id === event('p', 1) ? 500 : 204).end();
      await bed.put('books', 'p', 1, unwanted);
      await bed.put('books', 'p', 2);
      await bed.sender.runOnce();
      bed.clock.advance(6_000);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1', 'p1']);
      // Its next try would be in five minutes.
      change(wanted);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1', 'p1', 'p2']);
      assert.equal(await statusOf('p', 1), 'filtered');
    });

    it('sends what it left out if somebody asks for this one', async () => {
      await bed.put('books', 'p', 1, unwanted);
      await bed.sender.runOnce();
      await replay('p', 1);
      assert.equal(await statusOf('p', 1), 'pending');
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1']);
      const { status, deliveredAt } = await bed.read(event('p', 1));
      assert.deepEqual([status, deliveredAt], ['delivered', isoTime(bed.clock.now())]);
    });

    it('sends what it would leave out, and that waits for an earlier one, if somebody asks for this one', async () => {
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 1);
      await bed.put('books', 'p', 2, unwanted);
      await bed.put('books', 'p', 3, unwanted);
      await bed.sender.runOnce();
      await replay('p', 2);
      bed.answers.books = accept;
      bed.clock.advance(hour);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1', 'p1', 'p2']);
      assert.equal(await statusOf('p', 3), 'filtered');
    });

    it('holds for a range that is sent again, which brings what was missed once its type is wanted', async () => {
      await bed.put('books', 'p', 1, unwanted);
      await bed.put('books', 'p', 2);
      await bed.sender.runOnce();
      bed.got.length = 0;
      bed.clock.advance(1_000);
      const first = await replayDay();
      await bed.sender.runOnce();
      assert.deepEqual([bed.ids(), (await bed.log.readReplay('books', first)).replayed], [['p2'], 1]);
      change([unwanted.type]);
      bed.clock.advance(1_000);
      await replayDay();
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p2', 'p1']);
    });

    it('leaves out what a merchant has to name, where none is named', async () => {
      await bed.put('films', 'q', 1, { type: 'payment.attempt_refused' });
      await bed.put('films', 'q', 2);
      await bed.put('books', 'p', 1, { type: 'payment.attempt_refused' });
      bed.types.books = ['payment.attempt_refused'];
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids().sort(), ['p1', 'q2']);
    });

    it('finds what was left out by an index, in however long a log', async () => {
      const { sql } = await import('kysely');
      if (engine.name !== 'sqlite') return;
      const plan = await sql<{ detail: string }>`
        explain query plan select id from outbox where merchant_id = ${'books'} and status = 'delivered' and delivered_at is null
        order by created_at, id limit 20
      `.execute(bed.db);
      assert.match(plan.rows.map(({ detail }) => detail).join('\n'), /outbox_log_filtered/);
    });
  });
}
