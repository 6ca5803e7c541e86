/** The queue names everything that waits for a person once, with the reason, oldest first. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { QueueItem, QueuePage } from '../../../server/contract/operate.ts';
import { newId } from '../../../server/payments/model/ids.ts';
import { engines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

for (const { name, skip, create } of engines) {
  describe(`the queue on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    withTestBed({ create }, createOperateTestBed, (opened) => {
      testBed = opened;
    });

    const queue = async (query = '', key = keys.anna): Promise<QueuePage> => {
      const { status, body } = await testBed.get<QueuePage>(`/operate/queue${query}`, key);
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    };
    const itemsOf = async (kind: QueueItem['kind']): Promise<QueueItem[]> => (await queue(`?kind=${kind}`)).items;
    const only = async (kind: QueueItem['kind'], id: string): Promise<QueueItem> => {
      const found = (await queue()).items.filter((item) => item.id === id);
      assert.deepEqual(
        found.map((item) => item.kind),
        [kind],
      );
      return found[0] as QueueItem;
    };
    const refusal = (own: object) => ({ merchant_id: 'books', note: null, closed_at: null, closed_by: null, ...own });

    it('has a payment in review, with the words of what caused it', async () => {
      const id = await testBed.pay();
      const attempt = await testBed.beginCard(id);
      await testBed.payments.settleAttempt(
        id,
        attempt.id,
        { kind: 'needs_review', why: 'a receipt that Payme does not cancel' },
        9,
      );
      const item = await only('needs_review', id);
      assert.equal(item.reason, 'Only a person can tell what became of the money: a receipt that Payme does not cancel.');
      assert.match(item.reference ?? '', /^PD-/);
      assert.deepEqual([item.amount, item.currency, item.merchantId], [due, 'MMK', 'books']);
    });

    it('has a payment in review once, although money of it is not counted', async () => {
      const id = await testBed.pay();
      await testBed.doubtful(id, (await testBed.beginCard(id)).id);
      const kinds = (await queue('?limit=100')).items.filter(({ paymentId }) => paymentId === id).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['needs_review']);
    });

    it('has an underpaid payment, with both sums', async () => {
      const id = await testBed.pay();
      const attempt = await testBed.beginCard(id);
      await testBed.paid(id, attempt.id, { amount: 100_000 });
      assert.equal((await only('underpaid', id)).reason, 'Less than was due has come: 1,000.00 MMK of 6,000.00 MMK.');
    });

    it('has money that is not counted beside a payment that succeeded', async () => {
      const id = await testBed.pay();
      const watched = await testBed.lookedFor(id);
      const attempt = await testBed.beginCard(id);
      await testBed.paid(id, attempt.id);
      await testBed.doubtful(id, watched.id, { upstreamId: `extra-${id}`, amount: 700 });
      const item = await only('uncounted_money', `extra-${id}`);
      assert.equal(item.paymentId, id);
      assert.match(item.reason, /a payment that is succeeded: 7\.00 MMK\./);
    });

    it('has an unknown outcome after a quarter of an hour, and not before', async () => {
      const id = await testBed.pay();
      const attempt = await testBed.beginCard(id);
      await testBed.payments.settleAttempt(id, attempt.id, { kind: 'unknown' }, 9);
      assert.deepEqual(
        (await itemsOf('outcome_unknown')).map((item) => item.id),
        [],
      );
      testBed.clock.advance(15 * 60_000);
      const item = await only('outcome_unknown', attempt.id);
      assert.equal(item.reason, 'For 15 minutes nobody knows whether a card was charged.');
    });

    it('has postbacks of nobody: each transaction once, and a whole one that could not be taken apart', async () => {
      const at = testBed.clock.now();
      const whole = { merchant_id: 'books', upstream: 'paykassma', body: '{}', status: 'unmatched', received_at: at };
      const [parted, unread, item] = [newId('pbk'), newId('pbk'), newId('itm')];
      await testBed.db
        .insertInto('postbacks')
        .values([
          { ...whole, id: parted, digest: 'a' },
          { ...whole, id: unread, digest: 'b' },
        ])
        .execute();
      const values = {
        id: item,
        postback_id: parted,
        merchant_id: 'books',
        account: 'acc',
        item_key: 'wavepay:77',
        wallet: 'wavepay',
        transaction_id: '77',
      };
      const more = {
        custom_transaction_id: null,
        label: 'x',
        amount: 1200,
        currency: 'MMK',
        signed_amount: 1,
        status: 'unmatched',
      };
      const nobody = { payment_id: null, matched_by: null, note: null, received_at: at, matched_at: null };
      await testBed.db
        .insertInto('postback_items')
        .values({ ...values, ...more, ...nobody })
        .execute();
      assert.equal(
        (await only('unmatched_postback', item)).reason,
        'Paykassma reports 12.00 MMK by wavepay that belongs to no payment of ours.',
      );
      assert.match((await only('unmatched_postback', unread)).reason, /could not be read/);
      assert.ok((await queue()).items.every(({ id }) => id !== parted));
    });

    it('has a webhook that was given up', async () => {
      const id = await testBed.pay();
      await testBed.paid(id, (await testBed.beginCard(id)).id);
      await testBed.db.updateTable('outbox').set({ status: 'parked' }).where('payment_id', '=', id).execute();
      const [item] = await itemsOf('parked_webhook');
      assert.equal(item?.paymentId, id);
      assert.match(item?.reason ?? '', /did not accept the webhook payment\.succeeded/);
    });

    it('has pay codes whose making is in doubt', async () => {
      const id = newId('bat');
      const row = {
        id,
        merchant_id: 'books',
        operation: 'generate_code_list',
        key_hash: 'k',
        fingerprint: 'f',
        rule: 'spring',
        count: 20,
      };
      await testBed.db
        .insertInto('code_batches')
        .values({ ...row, status: 'unknown', sealed: null, created_at: testBed.clock.now(), ended_at: null })
        .execute();
      assert.match((await only('codes_unknown', id)).reason, /whether 20 pay codes of the rule spring were made/);
    });

    it('has an act that a second person has to confirm', async () => {
      const paymentId = await testBed.pay();
      const id = newId('apr');
      await testBed.store.insertApproval({
        id,
        paymentId,
        merchantId: 'books',
        act: 'refund',
        body: '{}',
        amount: 900_000,
        currency: 'MMK',
        status: 'pending',
        requestedBy: 'operator:ben',
        note: 'n',
        requestedAt: testBed.clock.now(),
        decidedBy: null,
        decidedAt: null,
      });
      assert.equal(
        (await only('approval', id)).reason,
        'To refund 9,000.00 MMK was requested by ben, and a second person has to confirm it.',
      );
    });

    it('has open flags by their kind, and not closed ones', async () => {
      const at = testBed.clock.now();
      const id = newId('flg');
      const flag = refusal({
        id,
        payment_id: null,
        kind: 'reversed',
        subject: 's',
        reason: 'the money went back',
        amount: 5,
        currency: 'MMK',
        raised_at: at,
      }) as never;
      await testBed.db
        .insertInto('flags')
        .values([flag, { ...(flag as object), id: newId('flg'), subject: 't', closed_at: at } as never])
        .execute();
      assert.deepEqual(
        (await itemsOf('reversed')).map((item) => [item.id, item.reason]),
        [[id, 'The money went back.']],
      );
      assert.deepEqual(await itemsOf('overpaid'), []);
    });

    it('goes on page by page, oldest first, without a gap and without repeating anything', async () => {
      const all = await queue('?limit=100');
      assert.equal(all.next, null);
      const seen: string[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const page: QueuePage = await queue(`?limit=2${after && `&after=${after}`}`);
        assert.ok(page.items.length <= 2);
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
      }
      assert.deepEqual(
        seen,
        all.items.map(({ id }) => id),
      );
      const since = all.items.map((item) => item.since);
      assert.deepEqual(since, [...since].sort());
    });

    it('counts what there is of each kind', async () => {
      const { items, counts } = await queue('?limit=100');
      const counted = Object.groupBy(items, ({ kind }) => kind);
      assert.deepEqual(counts, Object.fromEntries(Object.entries(counted).map(([kind, some]) => [kind, some?.length])));
    });

    it('is empty for an operator of another merchant', async () => {
      assert.deepEqual(await queue('', keys.stranger), { items: [], next: null, counts: {} });
    });

    it('refuses a cursor that it did not write, and a kind that it does not know', async () => {
      for (const query of ['after=x', `after=${Buffer.from('[1]').toString('base64url')}`, 'kind=nothing', 'limit=0', 'what=1']) {
        const { status, body } = await testBed.get(`/operate/queue?${query}`);
        assert.deepEqual([status, body.code], [422, 'invalid_request'], query);
      }
    });
  });
}
