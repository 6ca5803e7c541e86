/** Where a payment stands when the attempt it waited for brought nothing. */
import { forgetDiscount } from './forget-discount.ts';
import { transition } from './machine.ts';
import type { Queries } from './ports.ts';
import { provenDue } from './proven-due.ts';
import type { PaymentRecord, Refusal } from './records.ts';

/** Back to `open`, unless other money has come meanwhile, which is then what there is to say, or the payment's time is over. */
export async function afterRefusal(
  payment: PaymentRecord,
  refusal: Refusal | null,
  tx: Queries,
  now: number,
): Promise<Partial<PaymentRecord> & Pick<PaymentRecord, 'status'>> {
  const { status, amountPaid } = payment;
  // By evidence, and not by its sum: a discount that takes everything off has paid with nothing.
  const paying = (await tx.evidence(payment.id)).filter(({ counted }) => counted).at(-1);
  const enough = paying !== undefined && amountPaid >= provenDue(payment);
  if (!enough && (await isDoubtful(payment, tx))) return { status: transition(status, 'paid_doubtful'), problem: null };
  if (paying) {
    return {
      status: transition(status, enough ? 'paid_enough' : 'paid_short'),
      problem: null,
      attemptId: paying.attemptId ?? payment.attemptId,
      paidAt: payment.paidAt ?? (enough ? now : null),
    };
  }
  const open = transition(status, 'refuse');
  if (payment.expiresAt > now) return { status: open, problem: refusal };
  return { status: transition(open, 'expire'), problem: refusal, ...(await forgetDiscount(payment, tx, now)) };
}

/** Money has come that a person must place: the customer must not be asked for more before. */
export const isDoubtful = async ({ id }: PaymentRecord, tx: Queries): Promise<boolean> =>
  (await tx.evidence(id)).some(({ counted }) => !counted);
