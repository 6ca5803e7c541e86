/** A receipt that a server of ours has made, as the database may have lost it: which attempt it names, and whose payment that was. */
import { maskNumbersIn } from '../../clients/payme/schema.ts';
import type { Receipt } from '../../clients/payme/types.ts';
import { isAttemptOf } from '../../payments/model/ids.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import type { LostAttempt } from '../../payments/recover-payment.ts';
import type { CardAccount } from './account.ts';
import { lostCalls } from './card-session.ts';

export interface OurReceipt {
  attemptId: string;
  orderId: string;
  receipt: Receipt;
}

/**
 * Null for a receipt that another system made at this cashbox. The name of an order that looks like a card number is masked in the
 * description, and may be whole in the account.
 */
export function readOurReceipt(receipt: Receipt, { settings: { account } }: Pick<CardAccount, 'settings'>): OurReceipt | null {
  const [, attemptId, orderId] = /^(att_[0-9a-z]{26}) (.*)$/s.exec(receipt.description) ?? [];
  if (attemptId === undefined || orderId === undefined) return null;
  const whole = receipt.account.find(({ name, value }) => name === account.field && maskNumbersIn(value) === orderId)?.value;
  return { attemptId, orderId: whole ?? orderId, receipt };
}

/**
 * The payment that the receipt was for: the attempt's id shows it, or the account where it holds the payment's id. Null if that payment is
 * lost, and where a version before 1.0 has made the attempt: its id shows no payment. The order alone does not tell, since the payment that
 * the database knows may have been canceled, and the order paid by the next one.
 */
export async function paymentOfReceipt(
  store: Pick<Store, 'paymentOfMerchant' | 'paymentsOfOrder'>,
  { settings }: Pick<CardAccount, 'settings'>,
  merchantId: string,
  ours: OurReceipt,
): Promise<PaymentRecord | null> {
  if (settings.account.from === 'paymentId') {
    const id = accountValue(ours, settings.account.field);
    return id === undefined ? null : store.paymentOfMerchant(merchantId, id);
  }
  const all = await store.paymentsOfOrder(merchantId, ours.orderId);
  return all.find(({ id }) => isAttemptOf(ours.attemptId, id)) ?? null;
}

export const accountValue = ({ receipt }: Pick<OurReceipt, 'receipt'>, field: string): string | undefined =>
  receipt.account.find(({ name }) => name === field)?.value;

export const lostAttemptOf = ({ attemptId, receipt }: OurReceipt): LostAttempt => ({
  id: attemptId,
  method: 'card',
  calls: lostCalls(attemptId, receipt.id),
  lastCharacters: receipt.card?.number.slice(-4) ?? null,
  startedAt: receipt.createTime,
});
