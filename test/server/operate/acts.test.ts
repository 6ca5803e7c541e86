/** What operators do over HTTP: each act once, by who may, on the payment as it was seen, and above a threshold by two persons. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type {
  ActResult,
  Approval,
  OperatorStatus,
  PaymentDetail,
  PostbackPage,
  QueuePage,
} from '../../../server/contract/operate.ts';
import { newId } from '../../../server/payments/model/ids.ts';
import { usualEngines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

const note = 'seen in the cabinet';

for (const { name, skip, create } of usualEngines) {
  describe(`acts of operators on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    withTestBed({ create }, createOperateTestBed, (opened) => {
      testBed = opened;
    });
    afterEach(() => {
      testBed.setThreshold(null);
    });
    const act = (id: string, what: string, body: unknown, key?: string, once?: string) =>
      testBed.post<ActResult & { code: string; detail: string }>(`/operate/payments/${id}/${what}`, body, key, once);
    const detail = async (id: string) => (await testBed.get<PaymentDetail>(`/operate/payments/${id}`)).body;

    /** A transfer that Paykassma reports, and that no payment waits for. */
    const reported = (own: object) => ({
      ...{
        id: newId('itm'),
        postbackId: newId('pbk'),
        merchantId: 'books',
        account: 'paykassma',
        itemKey: newId('itm'),
        wallet: 'wavepay',
      },
      ...{
        transactionId: '9911223344',
        customTransactionId: null,
        label: null,
        amount: due,
        currency: 'MMK',
        signedAmount: true,
      },
      ...{
        status: 'unmatched' as const,
        paymentId: null,
        matchedBy: null,
        note: null,
        receivedAt: testBed.clock.now(),
        matchedAt: null,
      },
      ...own,
    });

    it('end a review, and the history names who did it and why', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      assert.ok((await detail(id)).acts.some((one) => one.act === 'resolve_paid' && one.attemptId === attemptId));
      const { status, body } = await act(id, 'resolve', await testBed.resolution(id, attemptId, { note }));
      assert.deepEqual([status, body.payment.status, body.payment.amountPaid], [200, 'succeeded', due]);
      const { timeline, acts } = await detail(id);
      assert.ok(
        timeline.some(({ kind, title }) => kind === 'decision' && title === '6,000.00 MMK was decided to be paid by anna.'),
      );
      assert.ok(!acts.some((one) => one.act === 'resolve_paid'));
      const { body: queue } = await testBed.get<QueuePage>('/operate/queue?kind=needs_review');
      assert.ok(queue.items.every((item) => item.id !== id));
    });

    it('are found by the reference that the customer has read out', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      const { payment } = await detail(id);
      const { body } = await act(payment.reference, 'resolve', await testBed.resolution(id, attemptId, { outcome: 'not_paid' }));
      assert.equal(body.payment.id, id);
    });

    it('are refused if the payment has moved since it was seen, and say what it is now', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      const seen = await testBed.resolution(id, attemptId);
      await testBed.paid(id, attemptId);
      const { status, body } = await act(id, 'resolve', seen);
      assert.deepEqual([status, body.code, body.payment?.status], [409, 'version_conflict', 'succeeded']);
    });

    it('are refused in another currency', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      const { status, body } = await act(id, 'resolve', await testBed.resolution(id, attemptId, { currency: 'PLN' }));
      assert.deepEqual([status, body.code], [422, 'invalid_request']);
      assert.equal((await detail(id)).payment.status, 'needs_review');
    });

    it('need the role, the scope and the merchant', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      const body = await testBed.resolution(id, attemptId);
      const refused = async (key: string) => {
        const answer = await act(id, 'resolve', body, key);
        return [answer.status, answer.body.code, answer.body.detail];
      };
      assert.deepEqual(await refused(keys.reader), [403, 'forbidden', 'this operator may read, and not act']);
      assert.deepEqual(await refused(keys.limited), [403, 'forbidden', 'this operator lacks the scope resolve']);
      assert.equal((await refused(keys.stranger))[0], 404);
      assert.equal((await detail(id)).payment.status, 'needs_review');
    });

    it('happen once for each Idempotency-Key', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      const body = await testBed.resolution(id, attemptId);
      for (let repeat = 0; repeat < 2; repeat += 1)
        assert.deepEqual((await act(id, 'resolve', body, keys.anna, 'key-a')).body.payment.status, 'succeeded');
      assert.equal((await testBed.store.decisions(id)).length, 1);
      const other = await act(id, 'resolve', { ...body, note: 'something else' }, keys.anna, 'key-a');
      assert.deepEqual([other.status, other.body.code], [422, 'idempotency_conflict']);
    });

    it('accept too little, take it back, and record money returned by hand', async () => {
      const id = await testBed.pay();
      await testBed.paid(id, (await testBed.beginCard(id)).id, { amount: 500_000 });
      const accepted = await act(id, 'accept', { note, version: await testBed.version(id) });
      assert.deepEqual([accepted.status, accepted.body.payment.status], [200, 'succeeded']);
      const reopened = await act(id, 'reopen', { note, version: await testBed.version(id) });
      assert.equal(reopened.status, 200);
      assert.notEqual(reopened.body.payment.status, 'succeeded');
    });

    it('above the threshold wait for a second person, who is not the first', async () => {
      testBed.setThreshold(1_000);
      const { id, attemptId } = await testBed.inReview('wallet');
      const body = await testBed.resolution(id, attemptId);
      for (let repeat = 0; repeat < 2; repeat += 1) {
        const requested = await act(id, 'resolve', body, keys.anna, 'key-b');
        assert.deepEqual(
          [requested.status, requested.body.payment.status, requested.body.approval?.status],
          [202, 'needs_review', 'pending'],
        );
      }
      const [approval] = (await detail(id)).approvals;
      assert.match(approval?.summary ?? '', /Decide what became of 6,000\.00 MMK/);
      const confirm = (key: string) =>
        testBed.post<ActResult & { code: string }>(`/operate/approvals/${approval?.id}/confirm`, { note }, key);
      assert.deepEqual(
        [(await confirm(keys.anna)).status, (await confirm(keys.limited)).status, (await confirm(keys.stranger)).status],
        [409, 403, 404],
      );
      const confirmed = await confirm(keys.ben);
      assert.deepEqual(
        [confirmed.status, confirmed.body.payment.status, confirmed.body.approval?.decidedBy],
        [200, 'succeeded', 'operator:ben'],
      );
      assert.equal((await confirm(keys.ben)).status, 409);
    });

    it('are rejected by a second person', async () => {
      testBed.setThreshold(1_000);
      const { id, attemptId } = await testBed.inReview('wallet');
      const { body } = await act(id, 'resolve', await testBed.resolution(id, attemptId));
      const rejected = await testBed.post<ActResult>(`/operate/approvals/${body.approval?.id}/reject`, { note }, keys.ben);
      assert.deepEqual(
        [rejected.status, rejected.body.payment.status, rejected.body.approval?.status],
        [200, 'needs_review', 'rejected'],
      );
    });

    it('that wait for a second person leave the queue when the payment moves, and say why to whoever comes later', async () => {
      testBed.setThreshold(1_000);
      const { id, attemptId } = await testBed.inReview('wallet');
      const requested = await act(id, 'resolve', await testBed.resolution(id, attemptId));
      const approval = requested.body.approval?.id ?? assert.fail();
      const read = (key = keys.anna) => testBed.get<Approval>(`/operate/approvals/${approval}`, key);
      assert.deepEqual([(await read()).body.status, (await read(keys.stranger)).status], ['pending', 404]);
      await testBed.paid(id, attemptId);
      const { body: queue } = await testBed.get<QueuePage>('/operate/queue?kind=approval&limit=100');
      assert.ok(queue.items.every((item) => item.id !== approval));
      for (const how of ['confirm', 'reject']) {
        const late = await testBed.post<ActResult & { code: string; detail: string }>(
          `/operate/approvals/${approval}/${how}`,
          { note },
          keys.ben,
        );
        assert.deepEqual([late.status, late.body.code, late.body.payment?.status], [409, 'version_conflict', 'succeeded']);
        assert.match(late.body.detail, /has changed since this was requested, so nothing was done/);
      }
      const { timeline, approvals } = await detail(id);
      assert.deepEqual([(await read()).body.status, approvals[0]?.status], ['outdated', 'outdated']);
      assert.ok(timeline.some(({ title }) => /^The request to resolve is out of date, because the payment changed/.test(title)));
    });

    it('see a reported transfer of a shared account only if they may act for all of its merchants', async () => {
      const item = reported({});
      await testBed.store.insertPostbackItem(item);
      const seen = async (key: string) => {
        const [list, queue, status] = await Promise.all([
          testBed.get<PostbackPage>('/operate/postbacks?limit=100', key),
          testBed.get<QueuePage>('/operate/queue?kind=unmatched_postback&limit=100', key),
          testBed.get<OperatorStatus>('/operate/status', key),
        ]);
        const has = (items: readonly { id: string }[]) => items.some(({ id }) => id === item.id);
        const { counts, oldest } = status.body;
        const counted = [queue.body.counts, counts].every((one) => (one.unmatched_postback ?? 0) > 0);
        return [has(list.body.postbacks), has(queue.body.items), counted, oldest.postback !== null];
      };
      const [yes, no] = [Array(4).fill(true), Array(4).fill(false)];
      assert.deepEqual(await seen(keys.bookseller), yes);
      testBed.wallets.accountIsShared = true;
      try {
        assert.deepEqual([await seen(keys.bookseller), await seen(keys.stranger), await seen(keys.anna)], [no, no, yes]);
        const dismiss = (key: string) => testBed.post(`/operate/postbacks/${item.id}/dismiss`, { note }, key);
        assert.equal((await dismiss(keys.bookseller)).status, 404);
        assert.equal((await dismiss(keys.anna)).status, 200);
      } finally {
        testBed.wallets.accountIsShared = false;
      }
    });

    it('close a flag, and it leaves the queue', async () => {
      const id = newId('flg');
      const about = { merchantId: 'books', paymentId: null, kind: 'reversed', subject: id, reason: 'it went back' } as const;
      const open = { amount: null, currency: null, raisedAt: testBed.clock.now(), closedAt: null, closedBy: null, note: null };
      await testBed.store.raiseFlag({ ...about, ...open, id });
      const close = (key: string) => testBed.post(`/operate/flags/${id}/close`, { note }, key);
      assert.deepEqual([(await close(keys.reader)).status, (await close(keys.stranger)).status], [403, 404]);
      assert.deepEqual(await close(keys.limited), { status: 200, body: {} });
      assert.equal((await testBed.store.flag(id))?.closedBy, 'operator:limited');
      assert.deepEqual((await testBed.get<QueuePage>('/operate/queue?kind=reversed')).body.items, []);
    });

    it('match a reported transfer to a payment, once, and dismiss another', async () => {
      const id = await testBed.pay();
      await testBed.show(id);
      const [one, other] = [reported({}), reported({ transactionId: '55', account: 'paykassma:host:planted-access-key' })];
      await testBed.store.insertPostbackItem(one);
      await testBed.store.insertPostbackItem(other);
      const { body: listed } = await testBed.get<PostbackPage>('/operate/postbacks');
      assert.equal(listed.postbacks.find(({ id: itemId }) => itemId === other.id)?.account, 'paykassma');
      assert.ok(!JSON.stringify(listed).includes('planted'));
      const match = () =>
        testBed.post<ActResult & { code: string }>(`/operate/postbacks/${one.id}/match`, { paymentId: id, note });
      assert.deepEqual(
        [(await match()).body.payment.status, (await match()).body.code],
        ['succeeded', 'transaction_number_used'],
      );
      const dismissed = await testBed.post(`/operate/postbacks/${other.id}/dismiss`, { note }, keys.anna, 'key-c');
      const { status, matchedBy } = dismissed.body;
      assert.deepEqual([dismissed.status, status, matchedBy], [200, 'dismissed', 'operator:anna']);
      assert.deepEqual(await testBed.post(`/operate/postbacks/${other.id}/dismiss`, { note }, keys.anna, 'key-c'), dismissed);
      assert.equal(
        (await testBed.post(`/operate/postbacks/${other.id}/match`, { paymentId: id, note }, keys.limited)).status,
        403,
      );
    });

    it('refuse a body that is not as it should be', async () => {
      const { id, attemptId } = await testBed.inReview('wallet');
      const right = await testBed.resolution(id, attemptId);
      for (const wrong of [
        { ...right, note: '' },
        { ...right, amount: -1 },
        { ...right, more: 1 },
        { ...right, version: undefined },
        {},
        undefined,
        [],
      ]) {
        const { status, body } = await act(id, 'resolve', wrong);
        assert.deepEqual([status, body.code], [422, 'invalid_request'], JSON.stringify(wrong));
      }
      assert.equal((await detail(id)).payment.status, 'needs_review');
    });
  });
}
