/** A receipt as the merchant's server is shown it: in our words, with the card masked. */
import type { ReceiptView } from '#contract';
import type { Receipt } from '../../clients/payme/answers.ts';
import { cardCurrency } from './card-currency.ts';

export const receiptView = (receipt: Receipt): ReceiptView => ({
  id: receipt.id,
  state: receipt.state,
  amount: receipt.amount,
  currency: receipt.currency === cardCurrency.number ? cardCurrency.code : null,
  description: receipt.description,
  account: [...receipt.account],
  card: receipt.card && { number: receipt.card.number },
  createdAt: iso(receipt.createTime),
  paidAt: iso(receipt.payTime),
  canceledAt: iso(receipt.cancelTime),
});

/** 0 is never. */
const iso = (time: number): string | null => (time === 0 ? null : new Date(time).toISOString());
