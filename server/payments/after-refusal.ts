/** Where a payment stands when the attempt it waited for brought nothing. */

import { judgeByMoney } from './attempts/evidence-status.ts';
import { forgetDiscount } from './forget-discount.ts';
import { transition } from './model/payment-state.ts';
import type { Queries } from './model/ports.ts';
import type { PaymentRecord, Refusal } from './model/records.ts';

/** Back to `open`, unless other money has come meanwhile, which is then what there is to say, or the payment's time is over. */
export async function afterRefusal(
  payment: PaymentRecord,
  refusal: Refusal | null,
  tx: Queries,
  now: number,
): Promise<Partial<PaymentRecord> & Pick<PaymentRecord, 'status'>> {
  const judged = await judgeByMoney(payment, tx, now);
  if (judged) return judged;
  const open = transition(payment.status, 'refuse');
  if (payment.expiresAt > now) return { status: open, problem: refusal };
  return { status: transition(open, 'expire'), problem: refusal, ...(await forgetDiscount(payment, tx, now)) };
}
