/** What became of the discount code of a payment: used for good, not used after all, or no code that takes anything off. */
import type { PaymentMethod } from '#contract';
import { takeMoney } from './attempts/apply-evidence.ts';
import { missedEvent, moved } from './attempts/evidence-status.ts';
import { type Decision, type StepParts, step } from './attempts/update-payment.ts';
import { endAttempt } from './end-attempt.ts';
import { type Facts, hasEnded } from './facts.ts';
import type { Money } from './model/outcome.ts';
import type { Queries } from './model/ports.ts';
import type { DiscountCode, PaymentRecord, Refusal } from './model/records.ts';

export type DiscountOutcome =
  /**
   * Used, by us: it stays with the payment, whatever becomes of the rest. `evidence`, where there is no rest: written down in the same step, or
   * a crash in between would leave a payment that nothing can pay.
   */
  | { kind: 'burned'; evidence?: Money }
  /**
   * It was not used, and is as good as before. `unused`: the intent whose call has proven it; none is open where it is absent. While another call
   * is open, also one that has begun meanwhile, it stays unknown.
   */
  | { kind: 'held'; unused?: string }
  /**
   * It takes nothing off: the whole is due again. Null: the customer wanted it so. `mayArrive`: a call that was lost may still use it, so it stays
   * sealed for as long as that is looked for.
   */
  | { kind: 'dropped'; refusal: Refusal | null; mayArrive?: boolean };

/** Says nothing of a discount that is another one by now. Answers the attempt's method where it has paid, else null. */
export function settleDiscount(
  parts: StepParts,
  paymentId: string,
  attemptId: string,
  found: DiscountOutcome,
): Promise<PaymentMethod | null> {
  return step<PaymentMethod | null>(parts, paymentId, async (payment, tx, now) => {
    const { discountCode } = payment;
    const attempt = await tx.attempt(attemptId);
    if (!attempt || discountCode?.attemptId !== attemptId || discountCode.state === 'burned') return { result: null };
    const open = (await tx.intents(attemptId)).filter(({ status }) => status !== 'closed');
    const answered = found.kind === 'held' ? open.filter(({ id }) => id === found.unused) : open;
    for (const intent of answered) await tx.updateIntent({ ...intent, status: 'closed', endedAt: now });
    if (answered.length < open.length) return { result: null };
    const said = found.kind === 'held' ? heldOr(payment) : found;
    const audit = { type: `discount.${said.kind}`, data: { attemptId } };
    if (said.kind === 'dropped') {
      await endAttempt(tx, attempt, said.refusal || said.mayArrive ? 'refused' : 'abandoned', now, said.refusal, said.mayArrive);
      const problem = hasEnded(payment) ? payment.problem : (said.refusal ?? payment.problem);
      return { result: null, patch: { discount: 0, discountCode: null, problem }, audit };
    }
    const code: DiscountCode = { ...discountCode, state: said.kind };
    if (said.kind === 'held') {
      await tx.updateAttempt({ ...attempt, nextCheckAt: null, leaseUntil: 0 });
      return { result: null, patch: { discountCode: code }, audit };
    }
    const paid = said.evidence && (await pay(said.evidence, { payment: { ...payment, discountCode: code }, attempt, tx, now }));
    if (paid?.audit) return { ...paid, result: attempt.method, patch: { ...paid.patch, discountCode: code } };
    await endAttempt(tx, attempt, 'burned', now);
    return {
      result: null,
      patch: { discountCode: code, ...(await enoughNow({ ...payment, discountCode: code }, tx, now)) },
      audit,
    };
  });
}

/** Of nothing, and by nobody else: there can be no doubt about it. */
async function pay(evidence: Money, facts: Facts): Promise<Decision<void> | undefined> {
  const taken = await takeMoney(evidence, facts);
  return 'doubt' in taken ? undefined : taken;
}

/** Less than the whole had come while it was not known whether the code was used: that may be all that is due. */
async function enoughNow(payment: PaymentRecord, tx: Queries, now: number): Promise<Partial<PaymentRecord>> {
  const evidence = await tx.evidence(payment.id);
  const event = missedEvent(payment, evidence);
  return event ? moved(payment, event, evidence, now) : {};
}

/** Nobody will use it any more; or it was to be used at once, for all that is due, and the customer has to be asked again. */
function heldOr(payment: PaymentRecord): DiscountOutcome {
  if (hasEnded(payment)) return { kind: 'dropped', refusal: null };
  return payment.discount >= payment.amount ? { kind: 'dropped', refusal: { code: 'provider_unavailable' } } : { kind: 'held' };
}
