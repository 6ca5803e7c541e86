/** What is bought, in the words of Payme's fiscal receipt. Prices are minor units of UZS, which are tiyin. */
import type { CreatePayment } from '#contract';
import type { ReceiptDetail } from '../../clients/payme/requests.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';

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
