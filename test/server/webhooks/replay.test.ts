/** Webhooks that are sent again: the same message, in order, without holding up anything new. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import type { Store } from '../../../server/payments/model/store.ts';
import { isoTime } from '../../../server/payments/model/time.ts';
import { erasedBody } from '../../../server/payments/model/webhook-queries.ts';
import { engines } from '../../support/engines.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { accept, answer, createWebhookTestBed, type WebhookTestBed } from './webhook-test-bed.ts';

const hour = 3_600_000;

for (const engine of engines) {
  describe(`replay on ${engine.name}`, { skip: engine.skip }, () => {
    let bed: WebhookTestBed;
    beforeEach(async () => {
      bed = await createWebhookTestBed(engine);
    });
    afterEach(async () => {
      await bed.close();
      assert.deepEqual(bed.failures, []);
    });

    const event = (payment: string, sequence: number) => `evt_books_${payment}${sequence}`;
    const replay = (payment: string, sequence: number) => bed.log.replay(event(payment, sequence), ['books'], 'merchant:books');
    const delivered = async (...which: [string, number][]) => {
      for (const [payment, sequence] of which) await bed.put('books', payment, sequence);
      await bed.sender.runOnce();
      bed.got.length = 0;
      bed.clock.advance(1_000);
    };
    const range = (fromMs: number, toMs: number, by: 'merchant:books' | 'operator:ann' = 'merchant:books') =>
      bed.log.replayRange('books', { from: isoTime(fromMs), to: isoTime(toMs) }, by);
    /** Everything of the last day. */
    const replayDay = () => range(bed.clock.now() - 24 * hour, bed.clock.now());

    it('sends a delivered webhook again: same id, same body, newly signed; its first delivery stays known', async () => {
      await bed.put('books', 'p', 1);
      await bed.sender.runOnce();
      const before = await bed.read(event('p', 1));
      bed.clock.advance(hour);
      while (Math.floor(Date.now() / 1000) <= (bed.got[0]?.timestamp ?? 0))
        await new Promise((resolve) => setTimeout(resolve, 50));
      await replay('p', 1);
      assert.deepEqual(
        [(await bed.read(event('p', 1))).status, (await bed.read(event('p', 1))).deliveredAt],
        ['pending', before.deliveredAt],
      );
      await bed.sender.runOnce();
      const [first, second] = bed.got;
      assert.deepEqual([second?.id, second?.body], [first?.id, first?.body]);
      assert.ok((second?.timestamp ?? 0) > (first?.timestamp ?? 0));
      assert.notEqual(second?.signature, first?.signature);
      const after = await bed.read(event('p', 1));
      assert.deepEqual([after.status, after.deliveredAt, after.deliveryCount], ['delivered', before.deliveredAt, 2]);
      assert.equal(after.replayedAt, isoTime(bed.clock.now()));
    });

    it('sends a parked webhook by the whole schedule again, and parks it again', async () => {
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 1);
      assert.equal(await bed.untilOver(event('p', 1)), 'parked');
      assert.equal(bed.got.length, 10);
      bed.clock.advance(90 * 24 * hour);
      await replay('p', 1);
      assert.equal(await bed.untilOver(event('p', 1)), 'parked');
      assert.equal(bed.got.length, 20);
      bed.answers.books = accept;
      await replay('p', 1);
      await bed.sender.runOnce();
      const { status, deliveredAt } = await bed.read(event('p', 1));
      assert.deepEqual([status, deliveredAt], ['delivered', isoTime(bed.clock.now())]);
    });

    it('is not given up before three days have passed since, however many tries were brought forward', async () => {
      bed.answers.books = answer(500);
      const old = bed.clock.now() - 90 * 24 * hour;
      await bed.put('books', 'p', 1, { createdAt: old, replayedAt: bed.clock.now(), tries: 12 });
      await bed.sender.runOnce();
      assert.equal((await bed.read(event('p', 1))).status, 'pending');
      bed.clock.advance(80 * hour);
      await bed.sender.runOnce();
      assert.equal((await bed.read(event('p', 1))).status, 'parked');
    });

    it('tries a delivered one a few times while the host is down, and leaves it delivered', async () => {
      await delivered(['p', 1]);
      bed.answers.books = answer(503);
      await replay('p', 1);
      assert.equal(await bed.untilOver(event('p', 1)), 'delivered');
      assert.equal(bed.got.length, 4);
      const { lastDelivery, deliveryCount } = await bed.read(event('p', 1));
      assert.deepEqual([lastDelivery?.status, deliveryCount], [503, 5]);
    });

    it('does not pass a pending lower one of its payment, and later ones wait for it', async () => {
      await delivered(['p', 1], ['p', 2], ['q', 1]);
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 3);
      await bed.sender.runOnce();
      // The third is pending and waits for its next try; the replayed second one goes before it, the fourth after it.
      await bed.put('books', 'p', 4);
      await replay('p', 4);
      await replay('p', 2);
      await replay('q', 1);
      bed.answers.books = accept;
      bed.got.length = 0;
      await bed.sender.runOnce();
      bed.clock.advance(6_000);
      await bed.sender.runOnce();
      assert.deepEqual(
        bed.ids().filter((id) => id.startsWith('p')),
        ['p2', 'p3', 'p4'],
      );
      assert.ok(bed.ids().includes('q1'));
    });

    it('does not send a delivered one before a lower one that still waits for its next try', async () => {
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 1);
      await bed.put('books', 'p', 2, { status: 'delivered', deliveredAt: bed.clock.now() });
      await bed.sender.runOnce();
      await replay('p', 2);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1']);
      bed.answers.books = accept;
      bed.clock.advance(6_000);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1', 'p1', 'p2']);
    });

    it('brings a pending one forward', async () => {
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 1);
      for (const ms of [0, 6_000]) {
        bed.clock.advance(ms);
        await bed.sender.runOnce();
      }
      bed.answers.books = accept;
      await bed.sender.runOnce();
      assert.equal(bed.got.length, 2);
      await replay('p', 1);
      await bed.sender.runOnce();
      assert.equal(bed.got.length, 3);
    });

    it('sends once for two requests at once, and says in the history who it was', async () => {
      await delivered(['p', 1], ['p', 2]);
      await Promise.all([replay('p', 1), replay('p', 1)]);
      await bed.log.replay(event('p', 2), null, 'operator:ann');
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1', 'p2']);
      const expected = (sequence: number, by: string) => ({
        payment_id: 'pay_books_p',
        type: 'webhook.replayed',
        data: { by, event: event('p', sequence), sequence },
      });
      assert.deepEqual(await bed.audits(), [expected(1, 'merchant:books'), expected(2, 'operator:ann')]);
    });

    it('is not swallowed by the late answer to an earlier try', async () => {
      let thaw = (): void => undefined;
      bed.answers.books = (_request, response) => {
        bed.answers.books = accept;
        thaw = () => void response.writeHead(204).end();
      };
      await bed.put('books', 'p', 1);
      const frozen = bed.sender.runOnce();
      while (bed.got.length === 0) await new Promise(setImmediate);
      const second = bed.createSender(bed.store, createFakeClock(bed.clock.now() + 31_000));
      await second.runOnce();
      await replay('p', 1);
      thaw();
      await frozen;
      await second.runOnce();
      await second.stop();
      assert.deepEqual(bed.ids(), ['p1', 'p1', 'p1']);
    });

    it('survives a process that dies between sending and storing', async () => {
      await delivered(['p', 1]);
      await replay('p', 1);
      const killed = bed.createSender({ ...bed.store, transaction: () => Promise.reject(new Error('killed')) } as Store);
      await killed.runOnce();
      await killed.stop();
      bed.clock.advance(31_000);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1', 'p1']);
      assert.deepEqual([(await bed.read(event('p', 1))).status, (await bed.read(event('p', 1))).deliveryCount], ['delivered', 2]);
      assert.match(bed.failures.splice(0).join(), /killed/);
    });

    it('is refused for a webhook of another merchant, an unknown one, and one whose body was erased', async () => {
      await bed.put('films', 'p', 1);
      await delivered(['p', 1]);
      const refuses = (id: string, status?: number) =>
        assert.rejects(
          () => bed.log.replay(id, ['books'], 'merchant:books'),
          (cause) => cause instanceof ProblemError && cause.code === 'not_found' && cause.extras.status === status,
        );
      await refuses('evt_films_p1');
      await refuses('evt_nobody');
      await bed.db.updateTable('outbox').set({ body: erasedBody }).where('id', '=', event('p', 1)).execute();
      await refuses(event('p', 1), 410);
      assert.equal((await bed.read(event('p', 1))).body, null);
    });

    it('of a range sends what was created in it, once each, in order within a payment, of this merchant', async () => {
      const start = bed.clock.now();
      // Two webhooks of one payment at the same moment, and one whose time is before that of its predecessor.
      const at = (ms: number) => ({ createdAt: start + ms, status: 'delivered' as const, deliveredAt: start });
      await bed.put('books', 'early', 1, at(0));
      for (let n = 0; n < 12; n += 1) await bed.put('books', `a${n}`, 1, at(100 + n));
      await bed.put('books', 'p', 1, at(200));
      await bed.put('books', 'p', 3, at(120));
      await bed.put('books', 'p', 2, at(200));
      for (let n = 0; n < 12; n += 1) await bed.put('books', `b${n}`, 1, { ...at(150), status: 'parked', deliveredAt: null });
      await bed.put('books', 'late', 1, at(300));
      await bed.put('films', 'p', 1, at(150));
      bed.clock.advance(1_000);
      const id = await range(start + 100, start + 300, 'operator:ann');
      await bed.sender.runOnce();
      const sent = bed.ids();
      assert.equal(sent.length, 27);
      assert.equal(new Set(sent).size, 27);
      assert.ok(!sent.some((one) => /early|late/.test(one)) && bed.got.every(({ merchant }) => merchant === 'books'));
      assert.deepEqual(
        sent.filter((one) => one.startsWith('p')),
        ['p1', 'p2', 'p3'],
      );
      const state = await bed.log.readReplay('books', id);
      assert.deepEqual([state.status, state.replayed], ['done', 27]);
      const audits = await bed.audits();
      assert.equal(audits.length, 27);
      assert.ok(audits.every(({ data }) => data.by === 'operator:ann' && data.replay === id));
    });

    it('of a range asked for twice at once sends each webhook once', async () => {
      for (let n = 0; n < 15; n += 1) await bed.put('books', `p${n}`, 1, { status: 'delivered', deliveredAt: 1 });
      bed.clock.advance(1_000);
      const first = await replayDay();
      bed.clock.advance(1);
      const ids = [first, await replayDay()];
      const another = bed.createSender();
      await Promise.all([bed.sender.runOnce(), another.runOnce()]);
      await bed.sender.runOnce();
      await another.stop();
      assert.equal(bed.got.length, 15);
      const states = await Promise.all(ids.map((id) => bed.log.readReplay('books', id)));
      assert.deepEqual(
        states.map(({ status, replayed }) => [status, replayed]),
        [
          ['done', 15],
          ['done', 0],
        ],
      );
    });

    it('of a long range does not hold up new webhooks of other payments', async () => {
      for (let n = 0; n < 60; n += 1) await bed.put('books', `p${n}`, 1, { status: 'delivered', deliveredAt: 1 });
      bed.clock.advance(1_000);
      await replayDay();
      let fresh: Promise<unknown> | undefined;
      bed.answers.books = (request, response) => {
        fresh ??= bed.put('books', 'fresh', 1).then(() => bed.put('films', 'fresh', 1));
        void fresh.then(() => accept(request, response));
      };
      await bed.sender.runOnce();
      assert.equal(bed.got.length, 62);
      for (const merchant of ['books', 'films']) {
        const place = bed.got.findIndex((one) => one.merchant === merchant && one.id.includes('fresh'));
        assert.ok(place >= 0 && place <= 21, `${merchant}: after ${place} others`);
      }
    });

    it('of a range pauses while the host is down, and goes on when it answers again', async () => {
      for (let n = 0; n < 230; n += 1) await bed.put('books', `p${n}`, 1, { status: 'parked' });
      bed.clock.advance(1_000);
      const id = await replayDay();
      bed.answers.books = answer(503);
      for (let runs = 0; runs < 3; runs += 1) await bed.sender.runOnce();
      const paused = await bed.log.readReplay('books', id);
      assert.ok(paused.status === 'running' && paused.replayed < 210, `${paused.replayed} of 230`);
      bed.answers.books = accept;
      bed.clock.advance(3 * 60_000);
      await bed.put('books', 'fresh', 1);
      for (let runs = 0; runs < 3; runs += 1) {
        await bed.sender.runOnce();
        bed.clock.advance(3 * 60_000);
      }
      const { status, replayed } = await bed.log.readReplay('books', id);
      assert.deepEqual([status, replayed], ['done', 230]);
      assert.deepEqual(await bed.store.listWebhooks('books', { endpoint: 'main', status: 'parked', limit: 10 }), []);
    });

    it('of a range that ends before it begins is refused', async () => {
      await assert.rejects(
        () => range(2_000, 1_000),
        (cause) => cause instanceof ProblemError && cause.extras.status === 422 && cause.extras.field === 'to',
      );
    });
  });
}
