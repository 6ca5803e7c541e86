/** Compares what the server reports of a payment with the ledgers of the three services. Amounts in minor units. */
import assert from 'node:assert/strict';
import type { Payment } from '../../../../server/contract/index.ts';
import type { Upstreams } from './upstreams.ts';

/** The price of a code of each rule; other rules are discounts. */
const worth: Readonly<Record<string, number>> = {
  'demo-enter': 2_500,
  'demo-sms': 2_500,
  'demo-reversed': 2_500,
  'demo-enter-mmk': 600_000,
  'demo-enter-uzs': 500_000,
};

export interface Taken {
  /** Taken by calls of ours, and not refunded. */
  pulled: number;
  /** Sent by the customer. */
  pushed: number;
  /** Whether a discount code was used with our client id. */
  discounted: boolean;
}

/**
 * @param shown Codes that were shown for this payment, to be sent by SMS.
 * @param discounts Ids of the discount codes of this payment, in whose names they are used.
 */
export function taken(
  { attempts }: Payment,
  { paycodes, paykassma, payme }: Upstreams,
  shown: readonly string[],
  discounts: readonly string[],
): Taken {
  const ids = [...attempts.map(({ id }) => id), ...discounts];
  const { uses } = paycodes.ledger();
  const own = uses.filter(({ client }) => ids.some((id) => client === `pw:${id}`));
  const receipts = payme.ledger().receipts.filter(({ description }) => ids.some((id) => description.includes(id)));
  const debits = receipts.flatMap((receipt) => receipt.debits).filter(({ refundedAt }) => refundedAt === null);
  const bySms = uses.filter(({ code, client }) => shown.includes(code) && !client.startsWith('pw'));
  const credited = paykassma
    .ledger()
    .transactions.filter(({ custom_transaction_id, status }) => status === 'activated' && ids.includes(custom_transaction_id));
  const worthOf = (some: typeof uses) => some.reduce((sum, { ruleSlug }) => sum + (worth[ruleSlug] ?? 0), 0);
  return {
    pulled: worthOf(own) + debits.reduce((sum, { amount }) => sum + amount, 0),
    pushed: worthOf(bySms) + credited.reduce((sum, { deposit_amount }) => sum + Math.round((deposit_amount ?? 0) * 100), 0),
    discounted: own.some(({ ruleSlug }) => !(ruleSlug in worth)),
  };
}

/** Checks the rules of money (server/README.md), once no call is in flight any more. */
export function auditPayment(name: string, payment: Payment, { pulled, pushed, discounted }: Taken): void {
  const { status, due, amountPaid, discount } = payment;
  const total = pulled + pushed;
  const summary = `${name} is ${status}, ${amountPaid} of ${due} paid; pulled ${pulled}, pushed ${pushed}`;
  assert.ok(pulled <= due, `charged twice: ${summary}`);
  if (total > 0) assert.ok(['succeeded', 'underpaid', 'needs_review'].includes(status), `money is lost: ${summary}`);
  else assert.ok(!['underpaid', 'refunding'].includes(status), `no money is there: ${summary}`);
  if (status === 'succeeded') {
    assert.ok(total >= due && (due > 0 || discounted), `false success: ${summary}`);
    assert.equal(amountPaid, total, `another sum: ${summary}`);
    assert.ok(discount === 0 || discounted, `a discount that was never used: ${summary}`);
  }
  if (status === 'underpaid') assert.ok(total < due && amountPaid === total, `not underpaid: ${summary}`);
  if (['open', 'canceled', 'expired'].includes(status)) assert.equal(amountPaid, 0, `money without a word: ${summary}`);
}

/** No spending call was sent twice for one purpose, and nothing was spent twice. */
export function auditCalls({ paycodes, paykassma, payme }: Upstreams): void {
  const once = (what: string, keys: (string | undefined)[]) => {
    const twice = keys.filter((key, place) => key !== undefined && keys.indexOf(key) !== place);
    assert.deepEqual(twice, [], what);
  };
  const { calls } = paykassma.ledger();
  once(
    'a code was used twice',
    paycodes.ledger().uses.map(({ code, ruleSlug }) => `${ruleSlug} ${code}`),
  );
  once(
    'a number was activated twice',
    calls.flatMap(({ operation, custom_transaction_id }) =>
      operation === 'transaction/activate' || operation === 'possible-transaction' ? [custom_transaction_id] : [],
    ),
  );
  once(
    'a receipt was paid twice',
    payme.ledger().calls.flatMap(({ method, receipt }) => (method === 'receipts.pay' ? [receipt] : [])),
  );
  assert.ok(payme.ledger().receipts.every(({ debits }) => debits.length <= 1));
}
