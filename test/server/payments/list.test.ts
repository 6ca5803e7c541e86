/** What a merchant's server lists of its payments over HTTP: every filter, both directions, and wrong filters. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type CreatedPayment, type Payment, paymentReference } from '../../../server/contract/index.ts';
import { engines } from '../../support/engines.ts';
import { createRunningServer } from '../../support/running-server.ts';

interface Page {
  payments: Payment[];
  hasMore: boolean;
}

for (const { name, skip, create } of engines) {
  describe(`the list of payments on ${name}`, { skip }, () => {
    let running: Awaited<ReturnType<typeof createRunningServer>>;
    let drop: () => Promise<void>;
    const ids: string[] = [];

    before(async () => {
      const database = await create();
      drop = database.drop;
      running = await createRunningServer(database.url);
      for (let n = 0; n < 7; n += 1) {
        const body = {
          amount: n === 5 ? 9_900 : 2_500,
          currency: 'PLN',
          orderId: `order-${n}`,
          label: n === 3 ? 'rare' : 'usual',
        };
        const answer = await running.merchant('/v1/payments', body, { 'idempotency-key': `key-${n}` });
        ids.unshift(((await answer.json()) as CreatedPayment).payment.id);
      }
    });
    after(async () => {
      await running?.close();
      await drop?.();
    });

    const list = async (query: Record<string, string>): Promise<Page> => {
      const answer = await running.merchant(`/v1/payments?${new URLSearchParams(query)}`);
      assert.equal(answer.status, 200, await answer.clone().text());
      return (await answer.json()) as Page;
    };
    const found = async (query: Record<string, string>): Promise<string[]> => (await list(query)).payments.map(({ id }) => id);
    const newestFirst = (some: string[]) => ids.filter((id) => some.includes(id));

    it('is newest first, and goes on after a payment and back before one', async () => {
      const all = (await found({})).toSorted();
      assert.deepEqual(all, ids.toSorted());
      const order = await found({ limit: '7' });
      const first = await list({ limit: '3' });
      assert.deepEqual([first.payments.map(({ id }) => id), first.hasMore], [order.slice(0, 3), true]);
      const second = await list({ limit: '3', after: order[2] ?? '' });
      assert.deepEqual([second.payments.map(({ id }) => id), second.hasMore], [order.slice(3, 6), true]);
      const back = await list({ limit: '2', before: order[3] ?? '' });
      assert.deepEqual([back.payments.map(({ id }) => id), back.hasMore], [order.slice(1, 3), true]);
      const start = await list({ limit: '3', before: order[3] ?? '' });
      assert.deepEqual([start.payments.map(({ id }) => id), start.hasMore], [order.slice(0, 3), false]);
    });

    it('finds by reference, order, label, status, amount and time', async () => {
      const [, second = ''] = ids;
      const reference = paymentReference(second);
      for (const text of [reference, reference.toLowerCase(), reference.slice(3).replace('-', '')]) {
        assert.deepEqual(await found({ reference: text }), [second], text);
      }
      assert.deepEqual(await found({ reference: 'PD-12' }), []);
      assert.equal((await found({ orderId: 'order-5' })).length, 1);
      assert.equal((await found({ label: 'rare' })).length, 1);
      assert.deepEqual(await found({ label: 'rare', orderId: 'order-5' }), []);
      assert.equal((await found({ status: 'open' })).length, 7);
      assert.deepEqual(await found({ status: 'succeeded' }), []);
      assert.deepEqual(await found({ amount: '9900' }), await found({ orderId: 'order-5' }));
      assert.equal((await found({ amount: '2500', currency: 'PLN' })).length, 6);
      assert.deepEqual(await found({ amount: '9900', currency: 'UZS' }), []);
      const { payments } = await list({});
      const moments = payments.map(({ createdAt }) => createdAt).sort();
      const middle = moments[3] ?? '';
      const since = payments.filter(({ createdAt }) => createdAt >= middle).map(({ id }) => id);
      assert.deepEqual((await found({ createdFrom: middle })).toSorted(), newestFirst(since).toSorted());
      const until = payments.filter(({ createdAt }) => createdAt < middle).map(({ id }) => id);
      assert.deepEqual((await found({ createdTo: middle })).toSorted(), newestFirst(until).toSorted());
    });

    it('refuses filters that cannot be, and knows no payment of others', async () => {
      for (const query of [
        'createdFrom=yesterday',
        'createdTo=2026-11-29',
        'status=lost',
        'limit=0',
        'amount=0',
        'amount=25.00',
        'currency=pln',
        'label=',
        `after=${ids[0]}&before=${ids[1]}`,
      ]) {
        const answer = await running.merchant(`/v1/payments?${query}`);
        assert.equal(answer.status, 422, query);
      }
      assert.deepEqual(await found({ after: 'pay_nobody' }), []);
    });
  });
}
