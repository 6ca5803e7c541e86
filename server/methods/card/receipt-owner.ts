/** Whose a receipt is that somebody names: its description is the id of the attempt that made it and the order (`newReceipt`). */
import { maskNumbersIn } from '../../clients/payme/schema.ts';
import type { Receipt } from '../../clients/payme/types.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardDeps, CardSettings } from './account.ts';
import { belongsToAttempt } from './receipt.ts';

type Attempt = Pick<AttemptRecord, 'id'>;
type Order = Pick<PaymentRecord, 'id' | 'orderId' | 'label'>;

/**
 * Whether the receipt was made for another attempt than this one. What an attempt has made itself it has claimed then. Of a receipt that
 * somebody has named since, its own text decides.
 */
export async function isReceiptOfAnother(
  { store }: Pick<CardDeps, 'store'>,
  { upstream, settings }: Pick<CardAccount, 'upstream' | 'settings'>,
  receipt: Receipt,
  { payment, attempt }: { payment: Order; attempt: Attempt },
): Promise<boolean> {
  const claim = await store.claimOf(upstream, `receipt:${receipt.id}`);
  return claim ? claim.attemptId !== attempt.id : namesAnother(receipt, attempt, payment, settings);
}

/** A receipt without a description may be ours: then the account that it was made for decides, as far as it can be read. */
function namesAnother(receipt: Receipt, attempt: Attempt, order: Order, { account }: CardSettings): boolean {
  if (receipt.description.trim() === '') {
    const named = receipt.account.find(({ name }) => name === account.field)?.value;
    // Another version of the merchants file may have named another of the three.
    return named !== undefined && ![order.orderId, order.label, order.id].some((value) => isSameValue(value, named));
  }
  if (!belongsToAttempt(receipt, attempt)) return true;
  const rest = receipt.description.slice(maskNumbersIn(attempt.id).length).trim();
  // The end of a long text may be missing.
  return !maskNumbersIn(order.orderId).trim().startsWith(rest);
}

/** Payme may answer a text of digits as a number. */
const isSameValue = (one: string, other: string): boolean =>
  one === other || (/^\d+$/.test(one) && /^\d+$/.test(other) && BigInt(one) === BigInt(other));
