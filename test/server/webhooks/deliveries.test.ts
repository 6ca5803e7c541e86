/** Every try to deliver a webhook is recorded, with what came of it. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Store } from '../../../server/payments/model/store.ts';
import { engines } from '../../support/engines.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { type Answer, accept, answer, createWebhookTestBed, type WebhookTestBed } from './webhook-test-bed.ts';

for (const engine of engines) {
  describe(`deliveries on ${engine.name}`, { skip: engine.skip }, () => {
    let bed: WebhookTestBed;
    beforeEach(async () => {
      bed = await createWebhookTestBed(engine);
    });
    afterEach(() => bed.close());

    const event = 'evt_books_p1';
    const lastTry = async () => (await bed.read(event)).lastDelivery;

    it('are numbered, timed and kept with their status, and never with the answer of the host', async () => {
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 1);
      await bed.sender.runOnce();
      bed.answers.books = accept;
      bed.clock.advance(6_000);
      await bed.sender.runOnce();
      const { deliveries, deliveryCount, lastDelivery, status } = await bed.read(event);
      assert.deepEqual(
        deliveries.map((one) => [one.number, one.status, one.reason]),
        [
          [1, 500, null],
          [2, 204, null],
        ],
      );
      assert.equal(Date.parse(deliveries[1]?.at ?? '') - Date.parse(deliveries[0]?.at ?? ''), 6_000);
      assert.ok(deliveries.every(({ durationMs }) => durationMs >= 0 && durationMs < 15_000));
      assert.deepEqual([status, deliveryCount, lastDelivery], ['delivered', 2, deliveries[1]]);
      const rows = await bed.db.selectFrom('deliveries').selectAll().execute();
      assert.ok(!JSON.stringify(rows).includes('never stored'));
    });

    for (const [words, hostAnswer, expected] of [
      ['redirects', answer(301, { location: '/elsewhere' }), [301, 'redirect']],
      ['hangs up', (request) => void request.socket.destroy(), [0, 'closed']],
      ['accepts', answer(200), [200, null]],
    ] as [string, Answer, unknown[]][]) {
      it(`say that the host ${words}`, async () => {
        bed.answers.books = hostAnswer;
        await bed.put('books', 'p', 1);
        await bed.sender.runOnce();
        const last = await lastTry();
        assert.deepEqual([last?.status, last?.reason], expected);
      });
    }

    it('go on as soon as the host accepts a test, so that nobody waits for the next try of a schedule', async () => {
      bed.answers.books = answer(500);
      await bed.put('books', 'p', 1);
      for (const waitMs of [6_000, 6 * 60_000, 10 * 60_000]) {
        await bed.sender.runOnce();
        bed.clock.advance(waitMs);
      }
      await bed.log.sendTest({ merchantId: 'books', endpoint: 'main' });
      await bed.sender.runOnce();
      assert.equal((await bed.read(event)).status, 'pending', 'a test that is refused changes nothing');
      bed.answers.books = accept;
      assert.equal((await bed.log.sendTest({ merchantId: 'books', endpoint: 'main' })).delivered, true);
      await bed.sender.runOnce();
      assert.equal((await bed.read(event)).status, 'delivered');
    });

    it('say why a host was not reached', async () => {
      const plain = createServer();
      await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
      const { port } = plain.address() as AddressInfo;
      await bed.put('books', 'p', 1);
      bed.urls.books = `https://127.0.0.1:${port}/`;
      await bed.sender.runOnce();
      assert.deepEqual([(await lastTry())?.status, (await lastTry())?.reason], [0, 'tls']);
      await new Promise((resolve) => plain.close(resolve));
      bed.urls.books = `http://127.0.0.1:${port}/`;
      bed.clock.advance(3_600_000);
      await bed.sender.runOnce();
      assert.deepEqual([(await lastTry())?.status, (await lastTry())?.reason], [0, 'refused']);
      bed.urls.books = 'http://no-such-host.invalid/';
      bed.clock.advance(3_600_000);
      await bed.sender.runOnce();
      assert.deepEqual([(await lastTry())?.status, (await lastTry())?.reason], [0, 'dns']);
    });

    it('are kept for the newest 50 tries, and all are counted', async () => {
      await bed.put('books', 'p', 1);
      for (let number = 1; number <= 53; number += 1) {
        const told = { at: bed.clock.now(), durationMs: 1, status: 500, reason: null };
        await bed.store.insertDelivery({ id: `dlv_${number}`, eventId: event, ...told });
      }
      const { deliveries, deliveryCount } = await bed.read(event);
      assert.equal(deliveryCount, 53);
      assert.deepEqual([deliveries.length, deliveries[0]?.number, deliveries.at(-1)?.number], [50, 4, 53]);
    });

    it('are not recorded apart from the result: a process that dies in between has it sent again', async () => {
      await bed.put('books', 'p', 1);
      const dying: Store = { ...bed.store, transaction: () => Promise.reject(new Error('killed')) };
      const killed = bed.createSender(dying);
      await killed.runOnce();
      await killed.stop();
      assert.deepEqual([(await bed.read(event)).status, (await bed.read(event)).deliveryCount], ['pending', 0]);
      bed.clock.advance(31_000);
      await bed.sender.runOnce();
      assert.deepEqual(bed.ids(), ['p1', 'p1']);
      assert.deepEqual([(await bed.read(event)).status, (await bed.read(event)).deliveryCount], ['delivered', 1]);
      assert.deepEqual(bed.failures.splice(0), ['webhook: Error: killed']);
    });

    it('are recorded by each process that sent, also by one that was frozen for longer than its lease', async () => {
      let thaw = (): void => undefined;
      bed.answers.books = (_request, response) => {
        bed.answers.books = accept;
        thaw = () => void response.writeHead(500).end();
      };
      await bed.put('books', 'p', 1);
      const frozen = bed.sender.runOnce();
      while (bed.got.length === 0) await new Promise(setImmediate);
      const second = bed.createSender(bed.store, createFakeClock(bed.clock.now() + 31_000));
      await second.runOnce();
      thaw();
      await frozen;
      await second.stop();
      const { status, deliveries } = await bed.read(event);
      assert.equal(status, 'delivered');
      assert.deepEqual(deliveries.map((one) => one.status).sort(), [204, 500]);
    });

    for (const [how, first, then] of [
      ['redirects', [302, { location: '/elsewhere' }], [307, { location: '/elsewhere' }]],
      ['answers 500 for days', [500], [503]],
      ['answers 401', [401], [404]],
      ['says that it is gone', [410], [500]],
    ] as [string, Parameters<typeof answer>, Parameters<typeof answer>][])
      it(`warn once of a host that ${how}, of each status, and again only after it has accepted something`, async () => {
        bed.answers.books = answer(...first);
        for (const payment of ['p', 'q']) await bed.put('books', payment, 1);
        await bed.put('films', 'p', 1);
        const runForDays = async () => {
          for (let runs = 0; runs < 4; runs += 1) {
            await bed.sender.runOnce();
            bed.clock.advance(25 * 3_600_000);
          }
        };
        await runForDays();
        assert.deepEqual(bed.warnings, [['books', first[0]]]);
        bed.answers.books = answer(...then);
        await bed.put('books', 'r', 1);
        await runForDays();
        assert.deepEqual(bed.warnings.splice(0), [
          ['books', first[0]],
          ['books', then[0]],
        ]);
        bed.answers.books = accept;
        await bed.put('books', 's', 1);
        await bed.sender.runOnce();
        bed.answers.books = answer(...first);
        await bed.put('books', 't', 1);
        await bed.sender.runOnce();
        assert.deepEqual(bed.warnings, [['books', first[0]]]);
      });

    it('warn once of a host that does not answer, and again of the address that replaces it', async () => {
      bed.urls.books = 'http://127.0.0.1:1/';
      for (const payment of ['p', 'q']) await bed.put('books', payment, 1);
      for (let runs = 0; runs < 3; runs += 1) {
        await bed.sender.runOnce();
        bed.clock.advance(3_600_000);
      }
      assert.deepEqual(bed.warnings, [['books', 'refused']]);
      bed.urls.books = 'http://127.0.0.1:1/webhooks';
      await bed.sender.runOnce();
      assert.deepEqual(bed.warnings, [
        ['books', 'refused'],
        ['books', 'refused'],
      ]);
    });
  });
}
