/** After a restore: whose a lost receipt is. A cashbox that two merchants share does not say it by the name of an order. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { maskNumbersIn } from '../../../../server/clients/payme/schema.ts';
import type { Receipt } from '../../../../server/clients/payme/types.ts';
import type { CardAccount } from '../../../../server/methods/card/account.ts';
import { verifyCardGap } from '../../../../server/methods/card/verify-gap.ts';
import { createChangeNotifier, createUnitOfWork } from '../../../../server/payments/change-feed.ts';
import { newAttemptId, newId } from '../../../../server/payments/model/ids.ts';
import { recoverPayment } from '../../../../server/payments/recover-payment.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';

describe('a lost receipt', () => {
  let bed: CardTestBed;
  before(async () => {
    bed = await createCardTestBed({});
  });
  after(() => bed.close());

  /** The receipt of an attempt that the database does not know, for this order. */
  const verify = async (orderId: string, amount: number, sharers: readonly string[], paymentId = 'pay_lost', same?: Receipt) => {
    const { store, clock, observer, payments } = bed.parts;
    const own = bed.parts.account('books') ?? assert.fail();
    const now = clock.now();
    const receipt = same ?? {
      ...{ id: newId('pay').slice(4, 28), state: 4, amount, currency: 860, payTime: now, createTime: now, cancelTime: 0 },
      ...{
        description: maskNumbersIn(`${newAttemptId(paymentId)} ${orderId}`),
        account: [{ name: 'order_id', value: orderId }],
        card: null,
      },
    };
    const receiptsGetAll = async () => ({ kind: 'ok', result: { receipts: [receipt], unreadable: 0 } }) as const;
    const account: CardAccount = { ...own, client: { ...own.client, receiptsGetAll } };
    const unitOfWork = createUnitOfWork({ store, clock, observer, changes: createChangeNotifier() });
    const deps = { store, clock, observer, payments, unitOfWork };
    const gap = await verifyCardGap(deps, account, { merchantId: 'books', test: true }, now - 1000, sharers);
    return { gap: gap ?? assert.fail(), receipt };
  };
  const ordered = async (orderId: string) => {
    const id = await bed.pay({ orderId });
    return { id, status: async () => (await bed.store.payment(id))?.status };
  };

  it('pays the payment of its order', async () => {
    const { id, status } = await ordered('1001');
    const { gap, receipt } = await verify('1001', 500_000, [], id);
    assert.deepEqual([gap.stored, await status()], [[receipt.id], 'succeeded']);
  });

  for (const amount of [500_000, 300_000])
    it(`of ${amount} that a lost payment of the same order has paid is no money of the one that is open here`, async () => {
      const orderId = `2001-${amount}`;
      const { id, status } = await ordered(orderId);
      const { gap, receipt } = await verify(orderId, amount, []);
      assert.deepEqual([gap.stored, gap.recovered, await status()], [[], [], 'open']);
      assert.deepEqual(gap.blocked, [{ receipt: receipt.id, paymentId: id, status: 'open' }]);
      await bed.payments.cancel(id);
      const again = await verify(orderId, amount, [], 'pay_lost', receipt);
      assert.deepEqual([again.gap.blocked, again.gap.recovered, await status()], [[], [receipt.id], 'canceled']);
      const found = (await bed.store.paymentsOfOrder('books', orderId)).find((one) => one.id !== id) ?? assert.fail();
      const [money] = await bed.store.evidence(found.id);
      assert.deepEqual([found.status, money?.amount, money?.counted], ['needs_review', amount, false]);
    });

  it('at a cashbox that merchants share is left to a person', async () => {
    const { status } = await ordered('1003');
    const { gap, receipt } = await verify('1003', 500_000, ['cafe']);
    assert.deepEqual([gap.stored, gap.recovered, gap.unfinished, await status()], [[], [], [receipt.id], 'open']);
  });

  it('at a cashbox that merchants share pays the payment whose attempt has made it', async () => {
    const { id, status } = await ordered('1004');
    const { gap, receipt } = await verify('1004', 500_000, ['cafe'], id);
    assert.deepEqual([gap.stored, gap.unfinished, await status()], [[receipt.id], [], 'succeeded']);
  });

  it('pays the payment whose attempt has made it, and not a newer one of the same order', async () => {
    const first = await ordered('1005');
    await bed.payments.cancel(first.id);
    const second = await ordered('1005');
    const { gap, receipt } = await verify('1005', 500_000, [], first.id);
    assert.deepEqual([gap.stored, await first.status(), await second.status()], [[receipt.id], 'succeeded', 'open']);
  });

  it('of a payment that is lost is no money of a canceled one of its order', async () => {
    const { id, status } = await ordered('1006');
    await bed.payments.cancel(id);
    const { gap, receipt } = await verify('1006', 500_000, []);
    assert.deepEqual([gap.recovered, await status()], [[receipt.id], 'canceled']);
  });

  it('that was void in a payment of another merchant is not named for this one in the audit of that merchant', async () => {
    const { id, status } = await ordered('1007');
    const { receipt } = await verify('1007', 500_000, [], id);
    const { store } = bed;
    const [money = assert.fail()] = await store.evidence(id);
    const [attempt = assert.fail()] = await store.attempts(id);
    assert.deepEqual([receipt.id, await status()], [money.upstreamId, 'succeeded']);
    for (const [merchantId, to] of [
      ['rival', undefined],
      ['books', 'named'],
    ] as const) {
      const order = { merchantId, orderId: `1008-${merchantId}`, label: 'a', amount: 500_000, currency: 'UZS', test: true };
      const lost = { id: newAttemptId(merchantId), method: 'card', calls: [], lastCharacters: null, startedAt: 0 } as const;
      const other = (await recoverPayment(store, bed.clock.now(), { ...order, id: null }, lost)) ?? assert.fail();
      await store.transaction(async (tx) => {
        await tx.lockPayment(other);
        const released = { counted: false, disposition: 'void', paymentId: other, attemptId: lost.id } as const;
        await tx.updateEvidence({ ...money, ...released });
      });
      await bed.payments.settleAttempt(id, attempt.id, { kind: 'paid', evidence: money }, 2);
      const given = (await store.reads.auditOf([other])).find(({ type }) => type === 'evidence.given_up') ?? assert.fail();
      assert.deepEqual([given.data.upstreamId, given.data.toPaymentId], [receipt.id, to && id]);
    }
  });

  it('finds an order whose name looks like the number of a card', async () => {
    const orderId = '20261130171632001';
    const { id, status } = await ordered(orderId);
    const { gap, receipt } = await verify(orderId, 500_000, [], id);
    assert.deepEqual([gap.stored, await status()], [[receipt.id], 'succeeded']);
  });
});
