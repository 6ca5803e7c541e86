/** The receipt that is asked for: by it a lost one is found again, and what comes back is compared with it. */

import type { CreatePayment, ProblemCode } from '#contract';
import type { NewReceipt, Receipt, ReceiptDetail } from '../../clients/payme/types.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import { type CardSettings, cardCurrency } from './account.ts';

export function newReceipt(payment: PaymentRecord, attempt: Pick<AttemptRecord, 'id'>, { account }: CardSettings): NewReceipt {
  const detail = receiptDetail(payment);
  const value = { orderId: payment.orderId, label: payment.label, paymentId: payment.id }[account.from];
  return {
    amount: payment.amount - payment.discount,
    account: { [account.field]: value },
    description: `${attempt.id} ${payment.orderId}`,
    ...(detail && { detail }),
  };
}

/** Whether it is of this attempt. */
export const belongsToPayment = ({ description }: Receipt, { id }: Pick<AttemptRecord, 'id'>): boolean =>
  description.startsWith(id);

/** Whether it may be paid: for exactly what is due, by nobody yet, and no other's, as far as it tells. */
export const matchesRequest = (
  receipt: Receipt,
  asked: Pick<NewReceipt, 'amount'>,
  attempt: Pick<AttemptRecord, 'id'>,
): boolean =>
  receipt.amount === asked.amount &&
  receipt.currency === cardCurrency.number &&
  receipt.state === 0 &&
  (receipt.description === '' || belongsToPayment(receipt, attempt));

/** What is bought, in the words of Payme's fiscal receipt. Prices are minor units of UZS, which are tiyin. */
type Item = NonNullable<CreatePayment['items']>[number];

/** Undefined where the merchant's server has told no items. What a discount code takes off is taken off them, or the tax office would be told more than was paid. */
export function receiptDetail({ items, discount }: Pick<PaymentRecord, 'items' | 'discount'>): ReceiptDetail | undefined {
  if (!items?.length) return undefined;
  // As they were checked when the payment was made.
  const bought = items as Item[];
  let rest = bought.reduce((sum, item) => sum + priceOf(item), 0n);
  let left = BigInt(discount) < rest ? BigInt(discount) : rest;
  return {
    items: bought.map(({ units, ...item }) => {
      // By its part of the price; the last one takes what rounding has left over.
      const off = rest > 0n ? (left * priceOf(item)) / rest : 0n;
      rest -= priceOf(item);
      left -= off;
      return { ...item, ...(units !== undefined && { units }), ...(off > 0n && { discount: Number(off) }) };
    }),
  };
}

/** Of the whole quantity; a product of two large numbers is more than a number can hold. */
const priceOf = ({ price, count }: Pick<Item, 'price' | 'count'>): bigint => BigInt(price) * BigInt(count);

/** What the state of a receipt says of the money. Pure. Source: payme.md §4. */
/**
 * `unpaid`: it stands at 0, which proves nothing as long as a call to pay it may be on its way. Money that was taken and given back is
 * `payment_reversed`; a receipt that was cancelled before it was paid took nothing.
 * @param problem Why it was cancelled unpaid, where that is known.
 */
export function interpretReceipt(
  receipt: Receipt,
  upstream: string,
  problem: ProblemCode = 'provider_unavailable',
): Outcome | 'unpaid' {
  const { id, state, amount, currency, payTime } = receipt;
  switch (state) {
    case 4: {
      const money = { upstream, upstreamId: id, amount };
      return currency === cardCurrency.number
        ? { kind: 'paid', evidence: { ...money, currency: cardCurrency.code } }
        : { kind: 'review', why: 'paid in another currency', evidence: { ...money, currency: currencyName(currency) } };
    }
    case 5:
      return { kind: 'review', why: 'the money is held, which was never asked for' };
    case 50:
      return { kind: 'refused', refusal: { code: payTime > 0 ? 'payment_reversed' : problem } };
    default:
      return interpretReceiptState(state);
  }
}

/** Of a receipt that is neither paid nor cancelled. */
export function interpretReceiptState(state: number): Outcome | 'unpaid' {
  if (state === 0) return 'unpaid';
  // At Payme a person looks at it.
  if (state === 20) return { kind: 'waiting', reason: 'review' };
  // 1, 2, 3, 6, 30: being worked on. 21: being cancelled, followed to its end. Any other: nobody knows what it means.
  return { kind: 'unknown' };
}

/** Only for a person's eyes. */
const currencyName = (currency: number | null): string => (currency === null ? 'XXX' : `#${currency}`);
