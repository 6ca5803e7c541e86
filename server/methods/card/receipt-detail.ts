/** What is bought, in the words of Payme's fiscal receipt. Prices are minor units of UZS, which are tiyin. */
import type { CreatePayment } from '#contract';
import type { ReceiptDetail } from '../../clients/payme/requests.ts';
import type { PaymentRecord } from '../../payments/records.ts';

type Item = NonNullable<CreatePayment['items']>[number];

/** Undefined where the merchant's server has told no items. */
export function receiptDetail({ items }: Pick<PaymentRecord, 'items'>): ReceiptDetail | undefined {
  if (!items?.length) return undefined;
  // As they were checked when the payment was made.
  return { items: (items as Item[]).map(({ units, ...item }) => ({ ...item, ...(units !== undefined && { units }) })) };
}
