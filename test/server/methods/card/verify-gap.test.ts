/** After a restore: whose a lost receipt is. A cashbox that two merchants share does not say it by the name of an order. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CardAccount } from '../../../../server/methods/card/account.ts';
import { verifyCardGap } from '../../../../server/methods/card/verify-gap.ts';
import { createChangeNotifier, createUnitOfWork } from '../../../../server/payments/change-feed.ts';
import { newAttemptId, newId } from '../../../../server/payments/model/ids.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';

describe('a lost receipt', () => {
  let bed: CardTestBed;
  before(async () => {
    bed = await createCardTestBed({});
  });
  after(() => bed.close());

  /** The receipt of an attempt that the database does not know, for this order. */
  const verify = async (orderId: string, amount: number, sharers: readonly string[]) => {
    const { store, clock, observer, payments } = bed.parts;
    const own = bed.parts.account('books') ?? assert.fail();
    const now = clock.now();
    const receipt = {
      ...{ id: newId('pay').slice(4, 28), state: 4, amount, currency: 860, payTime: now, createTime: now, cancelTime: 0 },
      ...{ description: `${newAttemptId('pay_lost')} ${orderId}`, account: [{ name: 'order_id', value: orderId }], card: null },
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
    const { status } = await ordered('1001');
    const { gap, receipt } = await verify('1001', 500_000, []);
    assert.deepEqual([gap.stored, await status()], [[receipt.id], 'succeeded']);
  });

  it('at a cashbox that merchants share is left to a person', async () => {
    const { status } = await ordered('1003');
    const { gap, receipt } = await verify('1003', 500_000, ['cafe']);
    assert.deepEqual([gap.stored, gap.recovered, gap.unfinished, await status()], [[], [], [receipt.id], 'open']);
  });
});
