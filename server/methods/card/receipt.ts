/** The receipt that is asked for: by it a lost one is found again, and what comes back is compared with it. */
import type { Receipt } from '../../clients/payme/answers.ts';
import type { NewReceipt } from '../../clients/payme/requests.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import type { CardSettings } from './account.ts';
import { cardCurrency } from './card-currency.ts';
import { receiptDetail } from './receipt-detail.ts';

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
export const isOf = ({ description }: Receipt, { id }: Pick<AttemptRecord, 'id'>): boolean => description.startsWith(id);

/** Whether it may be paid: for exactly what is due, by nobody yet, and no other's, as far as it tells. */
export const isAsAsked = (receipt: Receipt, asked: Pick<NewReceipt, 'amount'>, attempt: Pick<AttemptRecord, 'id'>): boolean =>
  receipt.amount === asked.amount &&
  receipt.currency === cardCurrency.number &&
  receipt.state === 0 &&
  (receipt.description === '' || isOf(receipt, attempt));
