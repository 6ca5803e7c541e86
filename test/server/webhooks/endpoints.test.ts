/** Several endpoints of one merchant: each has webhooks of its own, and nothing that happens at one is noticed at another. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { isoTime } from '../../../server/payments/model/time.ts';
import { usualEngines } from '../../support/engines.ts';
import { accept, answer, createWebhookTestBed, type WebhookTestBed } from './webhook-test-bed.ts';

const hour = 3_600_000;
const day = 24 * hour;

for (const engine of usualEngines) {
  describe(`several endpoints of a merchant on ${engine.name}`, { skip: engine.skip }, () => {
    let bed: WebhookTestBed;
    let expectedFailures: string[];
    beforeEach(async () => {
      bed = await createWebhookTestBed(engine);
      bed.more.push('ledger');
      expectedFailures = [];
    });
    afterEach(async () => {
      await bed.close();
      assert.deepEqual(bed.failures, expectedFailures);
    });

    const idAt = (endpoint: string, payment: string, sequence: number) => `evt_${endpoint}_${payment}${sequence}`;
    /** What happened to a payment, for both endpoints, as it is written with the payment. */
    const put = async (payment: string, sequence: number, type = 'payment.succeeded') => {
      for (const endpoint of ['main', ...bed.more])
        await bed.put('books', payment, sequence, { id: idAt(endpoint, payment, sequence), endpoint, type });
    };
    const arrived = (endpoint: string) => bed.ids().filter((_, at) => bed.got[at]?.merchant === endpoint);
    const both = () => [arrived('books'), arrived('books/ledger')];
    const statusAt = async (endpoint: string, payment: string, sequence: number) =>
      (await bed.read(idAt(endpoint, payment, sequence))).status;
    const lastDay = (endpoint: string) => {
      const [from, to] = [isoTime(bed.clock.now() - day), isoTime(bed.clock.now())];
      return bed.log.replayRange('books', { from, to, endpoint }, 'merchant:books');
    };

    it('get each webhook once, also while another of them fails for hours', async () => {
      bed.more.push('stock');
      bed.answers['books/ledger'] = answer(500);
      await put('p', 1);
      await put('p', 2);
      for (let tries = 0; tries < 4; tries += 1) {
        await bed.sender.runOnce();
        bed.clock.advance(hour);
      }
      assert.deepEqual(
        [arrived('books'), arrived('books/stock')],
        [
          ['p1', 'p2'],
          ['p1', 'p2'],
        ],
      );
      assert.deepEqual([...new Set(arrived('books/ledger'))], ['p1'], 'in order: the second waits for the first');
      assert.deepEqual([await statusAt('main', 'p', 2), await statusAt('ledger', 'p', 2)], ['delivered', 'pending']);
      assert.equal((await bed.read(idAt('main', 'p', 1))).deliveries.length, 1);
      bed.got.length = 0;
      bed.answers['books/ledger'] = accept;
      bed.clock.advance(day);
      await bed.sender.runOnce();
      assert.deepEqual(both(), [[], ['p1', 'p2']]);
    });

    it('do not wait for each other the other way round either', async () => {
      bed.answers.books = answer(500);
      await put('p', 1);
      await put('p', 2);
      await bed.sender.runOnce();
      await bed.sender.runOnce();
      assert.deepEqual(both(), [['p1'], ['p1', 'p2']]);
      assert.equal((await bed.log.sendTest({ merchantId: 'books', endpoint: 'ledger' })).delivered, true);
      await bed.sender.runOnce();
      assert.deepEqual(arrived('books'), ['p1'], 'that one host is well says nothing of the other');
    });

    it('have filters of their own', async () => {
      bed.types.books = ['payment.succeeded'];
      bed.types['books/ledger'] = ['payment.refunded', 'payment.succeeded'];
      await put('p', 1);
      await put('p', 2, 'payment.refunded');
      await bed.sender.runOnce();
      await bed.sender.runOnce();
      assert.deepEqual(both(), [['p1'], ['p1', 'p2']]);
      assert.equal(await statusAt('main', 'p', 2), 'filtered');
      bed.types['books/ledger'] = ['payment.refunded'];
      bed.sender.filtersChanged([{ merchantId: 'books', endpoint: 'ledger', types: ['payment.refunded'] }]);
      await put('q', 1);
      await bed.sender.runOnce();
      assert.deepEqual([await statusAt('main', 'q', 1), await statusAt('ledger', 'q', 1)], ['delivered', 'filtered']);
    });

    it('are sent again one by one, a webhook as well as a range', async () => {
      await put('p', 1);
      await put('q', 1);
      await bed.sender.runOnce();
      bed.got.length = 0;
      bed.clock.advance(1_000);
      await bed.log.replay(idAt('ledger', 'p', 1), ['books'], 'merchant:books');
      await bed.sender.runOnce();
      assert.deepEqual(both(), [[], ['p1']]);
      bed.got.length = 0;
      bed.clock.advance(1_000);
      const ranges = { main: await lastDay('main'), ledger: '' };
      await bed.sender.runOnce();
      assert.deepEqual(both(), [['p1', 'q1'], []]);
      ranges.ledger = await lastDay('ledger');
      await bed.sender.runOnce();
      assert.deepEqual(both(), [
        ['p1', 'q1'],
        ['p1', 'q1'],
      ]);
      for (const [endpoint, id] of Object.entries(ranges)) {
        const { endpoint: said, replayed } = await bed.log.readReplay('books', id);
        assert.deepEqual([said, replayed], [endpoint, 2]);
      }
      await assert.rejects(lastDay('nowhere'), {
        code: 'invalid_request',
        extras: { status: 422, field: 'endpoint', detail: 'expected main or ledger' },
      });
      await assert.rejects(bed.log.sendTest({ merchantId: 'books', endpoint: 'nowhere' }), { code: 'invalid_request' });
    });

    it('each have a log, and what is not delivered is listed and counted for all of them', async () => {
      bed.answers['books/ledger'] = answer(500);
      await put('p', 1);
      await bed.sender.runOnce();
      const log = async (endpoint: string) =>
        (await bed.log.list('books', { endpoint, limit: 10 })).events.map((event) => [event.id, event.endpoint, event.status]);
      assert.deepEqual(await log('main'), [[idAt('main', 'p', 1), 'main', 'delivered']]);
      assert.deepEqual(await log('ledger'), [[idAt('ledger', 'p', 1), 'ledger', 'pending']]);
      await bed.put('films', 'f', 1, { status: 'parked', tries: 9 });
      const waiting = await bed.log.undelivered({ merchants: null, after: null, limit: 10 });
      assert.deepEqual(
        waiting.map(({ merchantId, endpoint, status }) => [merchantId, endpoint, status]),
        [
          ['books', 'ledger', 'pending'],
          ['films', 'main', 'parked'],
        ],
      );
      const [first] = await bed.log.undelivered({ merchants: ['books', 'films'], after: null, limit: 1 });
      assert.equal(first?.endpoint, 'ledger');
      assert.equal((await bed.store.backlog()).undeliveredWebhooks, 2);
      const { waiting: figures } = await bed.store.money.figures(bed.clock.now());
      assert.deepEqual([figures.undelivered.count, figures.parked.count], [1, 1]);
    });

    it('that are gone from the merchants file lose nothing for three days, and hold up nobody; then it is left out', async () => {
      await put('p', 1);
      bed.more.length = 0;
      expectedFailures = [
        'webhook: Error: endpoint ledger of merchant books is not in the merchants file: its webhooks wait for it',
      ];
      await bed.sender.runOnce();
      assert.deepEqual([await statusAt('main', 'p', 1), await statusAt('ledger', 'p', 1)], ['delivered', 'pending']);
      bed.more.push('ledger');
      bed.clock.advance(2 * day);
      await bed.sender.runOnce();
      assert.deepEqual(both(), [['p1'], ['p1']]);
      await put('q', 1);
      bed.more.length = 0;
      await bed.sender.runOnce();
      bed.clock.advance(5 * day);
      await bed.sender.runOnce();
      assert.equal(await statusAt('ledger', 'q', 1), 'filtered');
      expectedFailures.push(...expectedFailures);
    });

    it('that the merchants file lacked for a while get what happened meanwhile by a replay of that time', async () => {
      await put('p', 1);
      await bed.sender.runOnce();
      bed.more.length = 0;
      bed.clock.advance(1_000);
      await put('p', 2);
      await put('q', 1);
      await put('r', 1, 'payment.refunded');
      await bed.sender.runOnce();
      bed.more.push('ledger');
      bed.types['books/ledger'] = ['payment.succeeded'];
      bed.clock.advance(hour);
      await put('p', 3);
      await bed.sender.runOnce();
      assert.deepEqual(both(), [
        ['p1', 'p2', 'q1', 'r1', 'p3'],
        ['p1', 'p3'],
      ]);
      bed.got.length = 0;
      bed.clock.advance(1_000);
      const id = await lastDay('ledger');
      for (let passes = 0; passes < 4; passes += 1) await bed.sender.runOnce();
      assert.deepEqual((await bed.log.readReplay('books', id)).replayed, 4);
      const sent = bed.got.map(({ merchant, body }) => [merchant, JSON.parse(body).paymentId, JSON.parse(body).sequence]);
      assert.deepEqual(sent.sort(), [
        ['books/ledger', 'p', 1],
        ['books/ledger', 'p', 2],
        ['books/ledger', 'p', 3],
        ['books/ledger', 'q', 1],
      ]);
      const ofP = bed.got.map(({ body }) => JSON.parse(body)).filter(({ paymentId }) => paymentId === 'p');
      assert.deepEqual(
        ofP.map(({ sequence }) => sequence),
        [1, 2, 3],
        'in order',
      );
      const { events } = await bed.log.list('books', { endpoint: 'ledger', limit: 10 });
      assert.deepEqual([events.length, new Set(events.map(({ id: event }) => event)).size], [5, 5], 'with ids of their own');
      bed.got.length = 0;
      bed.clock.advance(1_000);
      await lastDay('ledger');
      for (let passes = 0; passes < 4; passes += 1) await bed.sender.runOnce();
      assert.equal(bed.got.length, 4, 'a second replay sends them again, and writes none twice');
    });

    it('get what happened meanwhile however much it is, and whoever else writes it at the same time', async () => {
      bed.more.length = 0;
      await put('p', 1);
      await bed.sender.runOnce();
      const row = await bed.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
      const copies = Array.from({ length: 449 }, (_, at) => ({ ...row, id: `evt_copy${at}`, payment_id: `pay_copy${at}` }));
      await bed.db.insertInto('outbox').values(copies).execute();
      bed.more.push('ledger');
      // Nothing of it is wanted, so nothing has to be sent in this test.
      bed.types['books/ledger'] = ['payment.refunded'];
      bed.clock.advance(1_000);
      const id = await lastDay('ledger');
      const others = [bed.createSender(), bed.createSender()];
      await Promise.all([bed.sender, ...others].map((sender) => sender.runOnce()));
      while ((await bed.log.readReplay('books', id)).status === 'running') await bed.sender.runOnce();
      const { rows } = await sql<{ found: number }>`select count(*) as found from endpoint_webhooks`.execute(bed.db);
      assert.equal(Number(rows[0]?.found), 450);
      await Promise.all(others.map((sender) => sender.stop()));
    });

    it('that are gone from the merchants file keep in the log when they were delivered, also what was asked for again', async () => {
      const id = idAt('ledger', 'p', 1);
      await put('p', 1);
      await bed.sender.runOnce();
      const { deliveredAt } = await bed.read(id);
      assert.ok(deliveredAt);
      bed.clock.advance(1_000);
      await bed.log.replay(id, ['books'], 'merchant:books');
      bed.more.length = 0;
      expectedFailures = [
        'webhook: Error: endpoint ledger of merchant books is not in the merchants file: its webhooks wait for it',
      ];
      await bed.sender.runOnce();
      assert.equal(await statusAt('ledger', 'p', 1), 'pending');
      bed.clock.advance(4 * day);
      await bed.sender.runOnce();
      const left = await bed.read(id);
      assert.deepEqual([left.status, left.deliveredAt], ['delivered', deliveredAt]);
    });

    it('are in a table that a process of an older version does not send from', async () => {
      await put('p', 1);
      const rows = await bed.db.selectFrom('outbox').select('id').execute();
      assert.deepEqual(
        rows.map(({ id }) => id),
        [idAt('main', 'p', 1)],
      );
    });
  });
}
