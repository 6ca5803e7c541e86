/** A discount code was found good: so much less is due, and the code is kept, sealed, to be used with the rest. */

import type { PaymentMethod } from '#contract';
import type { EvidenceInput, IntentCall, Outcome } from '../model/outcome.ts';
import { type AttemptContext, hasEnded, isInFlight } from '../model/payment-state.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { DiscountCode, IntentRecord, PaymentRecord, Refusal } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { applyEvidence, statusAfterDecline } from './apply-evidence.ts';
import { endAttempt } from './attempt.ts';
import { hasUnassignedEvidence, missedEvent, movedByEvidence } from './evidence-status.ts';
import { insertIntent } from './record-intent.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './update-payment.ts';

export const firstPollMs = 30_000;

export async function reserveDiscount(
  { deduction, rule }: Outcome & { kind: 'discount' },
  { payment, attempt, tx, now }: AttemptContext,
): Promise<PaymentUpdate<void>> {
  const left = { type: 'attempt.left', data: { attemptId: attempt.id } };
  if (!isInFlight(payment, attempt)) {
    await endAttempt(tx, attempt, 'abandoned', now);
    return { result: undefined, audit: left };
  }
  if (payment.discountCode) {
    const refusal: Refusal = { code: 'discount_taken', field: 'code' };
    await endAttempt(tx, attempt, 'refused', now, refusal);
    const audit = { type: 'attempt.refused', data: { attemptId: attempt.id, code: refusal.code } };
    return { result: undefined, patch: await statusAfterDecline(payment, refusal, tx, now), audit };
  }
  const after = await statusAfterDecline(payment, null, tx, now);
  if (after.status !== 'open') {
    // Its time is over, or money has come: nobody will use it any more.
    await endAttempt(tx, attempt, 'abandoned', now);
    return { result: undefined, patch: after, audit: left };
  }
  // One that takes all of it off is used at once: whoever was to do so may have died, and nothing else can be paid meanwhile.
  const nextCheckAt = deduction >= payment.amount ? now + firstPollMs : null;
  await tx.updateAttempt({ ...attempt, status: 'held', endedAt: now, nextCheckAt, leaseUntil: 0 });
  return {
    result: undefined,
    patch: { ...after, discount: deduction, discountCode: { attemptId: attempt.id, state: 'held', rule, tail: attempt.tail } },
    audit: { type: 'discount.held', data: { attemptId: attempt.id, deduction } },
  };
}

/**
 * Writes down that the discount code of a payment is used, before it is: from here on it cannot be taken off, and whoever comes next reads first
 * what became of it.
 */
/** Throws `payment_expired`, and `payment_processing` where the discount is another one by now, or is used, or money has come meanwhile. */
export function recordDiscountRedemption(
  parts: UnitOfWork,
  paymentId: string,
  attemptId: string,
  call: IntentCall,
): Promise<IntentRecord> {
  return updatePayment<IntentRecord>(parts, paymentId, async (payment, tx, now) => {
    const { discountCode } = payment;
    const attempt = await tx.attempt(attemptId);
    if (!attempt || discountCode?.attemptId !== attemptId || discountCode.state === 'burned')
      throw new ProblemError('payment_processing');
    if (payment.status === 'canceled' || payment.expiresAt <= now) throw new ProblemError('payment_expired');
    // The rest would not be charged either.
    if (payment.amountPaid > 0 || (await hasUnassignedEvidence(payment, tx))) throw new ProblemError('payment_processing');
    await tx.updateAttempt({ ...attempt, nextCheckAt: now + firstPollMs, leaseUntil: 0 });
    return { ...(await insertIntent(tx, attempt, call, now)), patch: { discountCode: { ...discountCode, state: 'unknown' } } };
  });
}

/** What became of the discount code of a payment: used for good, not used after all, or no code that takes anything off. */
export type DiscountOutcome =
  /**
   * Used, by us: it stays with the payment, whatever becomes of the rest. `evidence`, where there is no rest: written down in the same step, or
   * a crash in between would leave a payment that nothing can pay.
   */
  | { kind: 'burned'; evidence?: EvidenceInput }
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
export function finishDiscountRedemption(
  parts: UnitOfWork,
  paymentId: string,
  attemptId: string,
  found: DiscountOutcome,
): Promise<PaymentMethod | null> {
  return updatePayment<PaymentMethod | null>(parts, paymentId, async (payment, tx, now) => {
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
async function pay(evidence: EvidenceInput, facts: AttemptContext): Promise<PaymentUpdate<void> | undefined> {
  const taken = await applyEvidence(evidence, facts);
  return 'doubt' in taken ? undefined : taken;
}

/** Less than the whole had come while it was not known whether the code was used: that may be all that is due. */
async function enoughNow(payment: PaymentRecord, tx: Queries, now: number): Promise<Partial<PaymentRecord>> {
  const evidence = await tx.evidence(payment.id);
  const event = missedEvent(payment, evidence);
  return event ? movedByEvidence(payment, event, evidence, now) : {};
}

/** Nobody will use it any more; or it was to be used at once, for all that is due, and the customer has to be asked again. */
function heldOr(payment: PaymentRecord): DiscountOutcome {
  if (hasEnded(payment)) return { kind: 'dropped', refusal: null };
  return payment.discount >= payment.amount ? { kind: 'dropped', refusal: { code: 'provider_unavailable' } } : { kind: 'held' };
}

/** The customer takes a discount off again. */
/** The customer takes it off, while it is not used. Throws `discount_taken` where it is, or may be; without one it does nothing. */
export function removeDiscount(parts: UnitOfWork, paymentId: string): Promise<void> {
  return updatePayment<void>(parts, paymentId, async (payment, tx, now) => {
    const { discountCode } = payment;
    if (!discountCode) return { result: undefined };
    if (payment.status !== 'open') throw new ProblemError('payment_processing');
    if (discountCode.state !== 'held') throw new ProblemError('discount_taken');
    const attempt = await tx.attempt(discountCode.attemptId);
    if (attempt) await endAttempt(tx, attempt, 'abandoned', now);
    const audit = { type: 'discount.removed', data: { attemptId: discountCode.attemptId } };
    return { result: undefined, patch: { discount: 0, discountCode: null, problem: null }, audit };
  });
}
