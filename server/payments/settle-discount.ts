/** What became of the discount code of a payment: used for good, not used after all, or no code that takes anything off. */
import { endAttempt } from './end-attempt.ts';
import type { PaymentRecord, Refusal } from './records.ts';
import { type StepParts, step } from './step.ts';

export type DiscountOutcome =
  /** Used, by us: it stays with the payment, whatever becomes of the rest. */
  | { kind: 'burned' }
  /** Proven: it was not used, and is as good as before. */
  | { kind: 'held' }
  /** It takes nothing off: the whole is due again. Null: the customer wanted it so. */
  | { kind: 'dropped'; refusal: Refusal | null };

/** Says nothing of a discount that is another one by now. */
export function settleDiscount(parts: StepParts, paymentId: string, attemptId: string, found: DiscountOutcome): Promise<void> {
  return step<void>(parts, paymentId, async (payment, tx, now) => {
    const { discountCode } = payment;
    const attempt = await tx.attempt(attemptId);
    if (!attempt || discountCode?.attemptId !== attemptId || discountCode.state === 'burned') return { result: undefined };
    const over = payment.status === 'canceled' || payment.status === 'expired';
    const said = found.kind === 'held' ? heldOr(payment, over) : found;
    const audit = { type: `discount.${said.kind}`, data: { attemptId } };
    for (const intent of await tx.intents(attemptId)) {
      if (intent.status !== 'closed') await tx.updateIntent({ ...intent, status: 'closed', endedAt: now });
    }
    if (said.kind === 'dropped') {
      await endAttempt(tx, attempt, said.refusal ? 'refused' : 'abandoned', now, said.refusal);
      // A payment that is over keeps what it was asked for; nobody pays it any more.
      return { result: undefined, patch: { discount: 0, discountCode: null, problem: said.refusal ?? payment.problem }, audit };
    }
    if (said.kind === 'burned') await endAttempt(tx, attempt, 'burned', now);
    else await tx.updateAttempt({ ...attempt, nextCheckAt: null, leaseUntil: 0 });
    return { result: undefined, patch: { discountCode: { ...discountCode, state: said.kind } }, audit };
  });
}

/** Nobody will use it any more; or it was to be used at once, for all that is due, and the customer has to be asked again. */
function heldOr({ amount, discount }: PaymentRecord, over: boolean): DiscountOutcome {
  if (over) return { kind: 'dropped', refusal: null };
  return discount >= amount ? { kind: 'dropped', refusal: { code: 'provider_unavailable' } } : { kind: 'held' };
}
