/** What operators see of the webhooks of a shop, and sending them again. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { WebhookEventDetail, WebhookEventPage } from '../../../server/contract/index.ts';
import type { PaymentDetail, UndeliveredPage } from '../../../server/contract/operate.ts';
import { newId } from '../../../server/payments/model/ids.ts';
import { engines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

for (const { name, skip, create } of engines) {
  describe(`webhooks for operators on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    let paymentId: string;
    let eventId: string;
    withTestBed({ create }, createOperateTestBed, (opened) => {
      testBed = opened;
    });
    before(async () => {
      paymentId = await testBed.pay();
      await testBed.paid(paymentId, (await testBed.beginCard(paymentId)).id);
      const other = await testBed.pay();
      await testBed.paid(other, (await testBed.beginCard(other)).id);
      eventId = (await testBed.store.reads.webhooksOf(paymentId))[0]?.id ?? '';
      await testBed.store.insertDelivery({
        id: newId('dlv'),
        eventId,
        at: testBed.clock.now() + 5,
        durationMs: 120,
        status: 500,
        reason: null,
      });
      await testBed.store.insertDelivery({
        id: newId('dlv'),
        eventId,
        at: testBed.clock.now() + 9,
        durationMs: 5_000,
        status: 0,
        reason: 'timeout',
      });
      await testBed.db.updateTable('outbox').set({ status: 'parked', tries: 2 }).where('id', '=', eventId).execute();
    });

    it('are listed by merchant, payment, type and status', async () => {
      const ids = async (query: string) =>
        (await testBed.get<WebhookEventPage>(`/operate/events?${query}`)).body.events.map(({ id }) => id);
      assert.equal((await ids('merchant=books')).length, 2);
      assert.deepEqual(await ids(`payment=${paymentId}`), [eventId]);
      assert.deepEqual(await ids('merchant=books&status=parked'), [eventId]);
      assert.deepEqual(await ids('merchant=books&type=payment.canceled'), []);
    });

    it('are those of one merchant: which one has to be said, if it is not plain', async () => {
      const { status, body } = await testBed.get('/operate/events');
      assert.deepEqual([status, body.code, body.field], [422, 'invalid_request', 'merchant']);
      assert.deepEqual((await testBed.get<WebhookEventPage>('/operate/events', keys.stranger)).body.events, []);
      for (const query of ['merchant=books', `payment=${paymentId}`])
        assert.equal((await testBed.get(`/operate/events?${query}`, keys.stranger)).status, 404);
      assert.equal((await testBed.get('/operate/events?payment=pay_nobody')).status, 404);
      assert.equal((await testBed.get(`/operate/events/${eventId}`, keys.stranger)).status, 404);
    });

    it('that are not delivered are listed of all merchants whom the operator may see, by cursor', async () => {
      const page = async (query = '', key = keys.anna) =>
        (await testBed.get<UndeliveredPage>(`/operate/events/undelivered${query}`, key)).body;
      const all = await page();
      assert.deepEqual(
        // Both are of one moment, so their ids decide which is first.
        all.events.map(({ status, merchantId, deliveryCount }) => [status, merchantId, deliveryCount]).sort(),
        [
          ['parked', 'books', 2],
          ['pending', 'books', 0],
        ],
      );
      assert.equal(all.next, null);
      const first = await page('?limit=1');
      const second = await page(`?limit=1&after=${first.next}`);
      assert.deepEqual([...first.events, ...second.events], all.events);
      assert.equal(second.next, null);
      assert.deepEqual(
        (await page('?status=parked')).events.map(({ id }) => id),
        [eventId],
      );
      assert.deepEqual((await page('', keys.stranger)).events, []);
      assert.deepEqual((await page('?merchant=books', keys.stranger)).events, []);
      await testBed.db.updateTable('outbox').set({ status: 'delivered' }).where('id', '!=', eventId).execute();
      assert.deepEqual((await page('?merchant=books')).events.length, 1);
    });

    it('are read with body and tries, and that leaves a line', async () => {
      testBed.clock.advance(1);
      const { body } = await testBed.get<WebhookEventDetail>(`/operate/events/${eventId}`, keys.reader);
      assert.equal(JSON.parse(body.body ?? '').data.payment.id, paymentId);
      assert.deepEqual(
        body.deliveries.map(({ status }) => status),
        [500, 0],
      );
      const line = (await testBed.log()).at(-1);
      assert.deepEqual([line?.operator, line?.action, line?.target], ['reader', 'read_event', eventId]);
    });

    it('are in the history of the payment with each try', async () => {
      const { body } = await testBed.get<PaymentDetail>(`/operate/payments/${paymentId}`);
      assert.deepEqual(
        body.timeline.filter(({ kind }) => kind === 'webhook').map(({ title }) => title),
        [
          'Try 1 to deliver payment.succeeded: the shop answered 500, after 120 ms.',
          'Try 2 to deliver payment.succeeded: no answer (timeout), after 5000 ms.',
          'The webhook payment.succeeded was given up.',
        ],
      );
    });

    it('are sent again by who may act, once for each key', async () => {
      const path = `/operate/events/${eventId}/replay`;
      assert.equal((await testBed.post(path, undefined, keys.reader)).status, 403);
      assert.equal((await testBed.post(path, undefined, keys.stranger)).status, 404);
      for (let repeat = 0; repeat < 2; repeat += 1) {
        const { status, body } = await testBed.post<WebhookEventDetail>(path, undefined, keys.limited, 'one-key');
        assert.deepEqual([status, body.status], [200, 'pending']);
      }
    });

    it('are sent again from a day on, and a host is tested', async () => {
      const range = { merchant: 'books', from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
      const { status, body } = await testBed.post('/operate/events/replay', range);
      assert.deepEqual([status, body.status, body.replayed], [202, 'running', 0]);
      assert.equal((await testBed.post('/operate/events/replay', range, keys.reader)).status, 403);
      assert.equal((await testBed.post('/operate/events/replay', range, keys.stranger)).status, 404);
      const tested = await testBed.post('/operate/events/test', { merchant: 'books' });
      assert.deepEqual([tested.status, tested.body.delivered, tested.body.status], [200, true, 204]);
      assert.equal((await testBed.post('/operate/events/test', { merchant: 'books' }, keys.stranger)).status, 404);
    });
  });
}
