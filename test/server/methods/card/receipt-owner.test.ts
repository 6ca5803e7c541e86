/** Whose a receipt is that somebody has named: a true one is never refused, however little Payme says of it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Receipt } from '../../../../server/clients/payme/types.ts';
import { CardSettings } from '../../../../server/methods/card/account.ts';
import { isReceiptOfAnother } from '../../../../server/methods/card/receipt-owner.ts';
import { newAttemptId } from '../../../../server/payments/model/ids.ts';
import type { ClaimRecord } from '../../../../server/payments/model/records.ts';

const payment = { id: 'pay_1', orderId: '0010482', label: 'customer-7' };
const attempt = { id: newAttemptId(payment.id) };
const other = { id: newAttemptId('pay_2') };
const settings = CardSettings.parse({ url: 'https://payme.example/api', cashboxId: 'a'.repeat(24), key: 'key' });

const isAnother = (
  told: Partial<Pick<Receipt, 'description' | 'account'>>,
  claim: Pick<ClaimRecord, 'attemptId'> | null = null,
) => {
  const times = { createTime: 0, payTime: 0, cancelTime: 0 };
  const receipt = { id: 'r', state: 4, amount: 1, currency: 860, ...times, description: '', account: [], card: null, ...told };
  const store = { claimOf: async () => claim as ClaimRecord | null };
  return isReceiptOfAnother({ store } as never, { upstream: 'payme', settings }, receipt, { payment, attempt });
};
const account = (value: string) => [{ name: 'order_id', value }];

it('takes a receipt for what its text says, and for its own where that says nothing', async () => {
  const { id } = attempt;
  const own = [
    { description: `${id} ${payment.orderId}` },
    { description: id },
    { description: `${id} 00104` },
    { description: '' },
    { description: '', account: account('10482') },
    { description: '', account: account(payment.label) },
    { description: '', account: account(payment.id) },
    { description: '', account: [{ name: 'field of another version', value: 'x' }] },
  ];
  for (const told of own) assert.equal(await isAnother(told), false, JSON.stringify(told));
  const theirs = [
    { description: `${other.id} ${payment.orderId}` },
    { description: `${id} 10483` },
    { description: 'a shop of its own', account: account(payment.orderId) },
    { description: '', account: account('10483') },
  ];
  for (const told of theirs) assert.equal(await isAnother(told), true, JSON.stringify(told));
});

it('believes the attempt that has made the receipt, whatever Payme says of it now', async () => {
  assert.equal(await isAnother({ description: 'changed in the cabinet' }, { attemptId: attempt.id }), false);
  assert.equal(await isAnother({ description: `${attempt.id} ${payment.orderId}` }, { attemptId: other.id }), true);
});
