/**
 * The discount code of a payment, in the order of its life: it is reserved, its redemption is recorded and finished, or the
 * customer removes it. A reserved code is kept encrypted in its record, and is redeemed just before the charge.
 */
import type { PaymentMethod } from '#contract';
import { ProblemError } from '../model/errors.ts';
import { type AttemptContext, hasEnded, isInFlight } from '../model/payment-state.ts';
import type { EvidenceInput, IntentCall, Outcome } from '../model/ports.ts';
import type { AttemptInFlight, Decline, DiscountRecord, IntentRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { assertVerified } from './admission.ts';
import { applyEvidence, type EvidenceContext, statusAfterDecline } from './apply-evidence.ts';
import { dropDiscount, dropReservedDiscount, endAttempt, moveDiscount, turnIntoDiscount } from './attempt.ts';
import { hasUnassignedEvidence, missedEvent, movedByEvidence, readMoney } from './evidence-status.ts';
import { insertIntent } from './record-intent.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './update-payment.ts';

/** Milliseconds until the reconciler looks at a code that should have been redeemed by then. */
const firstPollMs = 30_000;

/**
 * The code that the customer typed takes `deduction` (minor units) off. The payment is open again, with less due, and a discount
 * takes the place of the attempt.
 */
export async function reserveDiscount(
  { deduction, rule }: Outcome & { kind: 'discount_reserved' },
  { payment, attempt, tx, now }: AttemptContext<AttemptInFlight>,
): Promise<PaymentUpdate<void>> {
  const left = { type: 'attempt.abandoned', data: { attemptId: attempt.id } };
  if (!isInFlight(payment, attempt)) {
    await endAttempt(tx, attempt, 'abandoned', now);
    return { result: undefined, audit: left };
  }
  if (payment.discountCode) {
    const decline: Decline = { code: 'discount_taken', field: 'code' };
    await endAttempt(tx, attempt, 'declined', now, decline);
    const audit = { type: 'attempt.declined', data: { attemptId: attempt.id, code: decline.code } };
    return { result: undefined, patch: await statusAfterDecline(payment, decline, tx, now), audit };
  }
  const after = await statusAfterDecline(payment, null, tx, now);
  if (after.status !== 'open') {
    // The payment's time is over, or money has come: nobody will redeem the code.
    await endAttempt(tx, attempt, 'abandoned', now);
    return { result: undefined, patch: after, audit: left };
  }
  // A code that covers the whole amount is redeemed at once, and until then the customer can pay nothing else. So the
  // reconciler takes over if the process that should redeem it dies.
  const nextCheckAt = deduction >= payment.amount ? now + firstPollMs : null;
  const discountCode = await turnIntoDiscount(tx, attempt, { rule, nextCheckAt });
  const attemptId = (await tx.attempts(payment.id)).at(-1)?.id ?? null;
  return {
    result: undefined,
    patch: { ...after, attemptId, discount: deduction, discountCode },
    audit: { type: 'discount.reserved', data: { discountId: discountCode.id, deduction } },
  };
}

/**
 * Records the call that redeems the discount code, before it is made. From now on the discount cannot be removed, and whoever
 * comes next first reads what became of the code. Throws `payment_expired`, and `payment_processing` if the payment has
 * another discount by now, if the code is redeemed already, or if money has come meanwhile.
 */
export function recordDiscountRedemption(
  deps: UnitOfWork,
  paymentId: string,
  discountId: string,
  call: IntentCall,
): Promise<IntentRecord> {
  return updatePayment<IntentRecord>(deps, paymentId, async (payment, tx, now) => {
    const discount = await unredeemed(payment, discountId, tx);
    if (!discount) throw new ProblemError('payment_processing');
    await assertVerified(tx);
    if (payment.status === 'canceled' || payment.expiresAt <= now) throw new ProblemError('payment_expired');
    // The charge that the discount is for would not be made either.
    if (payment.amountPaid > 0 || (await hasUnassignedEvidence(payment, tx))) throw new ProblemError('payment_processing');
    const discountCode = await moveDiscount(tx, discount, 'unknown', { nextCheckAt: now + firstPollMs });
    return { ...(await insertIntent(tx, discount, call, now)), patch: { discountCode } };
  });
}

/** Null if the payment has another discount by now or none, or if the code is redeemed already. */
async function unredeemed({ discountCode }: PaymentRecord, discountId: string, tx: Queries): Promise<DiscountRecord | null> {
  return discountCode?.id === discountId && discountCode.status !== 'redeemed' ? tx.discount(discountId) : null;
}

/** What became of the discount code of a payment. */
export type DiscountOutcome =
  /**
   * We have redeemed it, so the discount stays, whatever becomes of the payment. `evidence`: the code covers the whole amount.
   * It is stored in the same update, because a crash in between would leave a payment that nothing can pay.
   */
  | { kind: 'redeemed'; evidence?: EvidenceInput }
  /**
   * It was not redeemed and is still valid. `unused`: the intent whose call is proven to have redeemed nothing; absent if no
   * call is open. While another call is open, the state stays unknown.
   */
  | { kind: 'reserved'; unused?: string }
  /**
   * It takes nothing off, so the whole amount is due again. `decline`: what the customer is shown; null if they wanted it so.
   * `mayArrive`: a lost call may still redeem the code, so it stays encrypted in its record until that has been checked.
   */
  | { kind: 'dropped'; decline: Decline | null; mayArrive?: boolean };

/**
 * Stores what became of the redemption. Does nothing if the payment has another discount by now.
 * @returns The discount's method if it has paid the whole amount, else null.
 */
export function finishDiscountRedemption(
  deps: UnitOfWork,
  paymentId: string,
  discountId: string,
  found: DiscountOutcome,
): Promise<PaymentMethod | null> {
  return updatePayment<PaymentMethod | null>(deps, paymentId, async (payment, tx, now) => {
    const discount = await unredeemed(payment, discountId, tx);
    if (!discount) return { result: null };
    const open = (await tx.intents(discountId)).filter(({ status }) => status !== 'closed');
    const answered = found.kind === 'reserved' ? open.filter(({ id }) => id === found.unused) : open;
    for (const intent of answered) await tx.updateIntent({ ...intent, status: 'closed', endedAt: now });
    if (answered.length < open.length) return { result: null };
    const outcome = found.kind === 'reserved' ? reserveAgainOrDrop(payment) : found;
    const audit = { type: `discount.${outcome.kind}`, data: { discountId } };
    if (outcome.kind === 'dropped') {
      const { decline, mayArrive = false } = outcome;
      const without = await dropDiscount(tx, discount, now, { problem: decline, mayArrive });
      const problem = hasEnded(payment) ? payment.problem : (decline ?? payment.problem);
      return { result: null, patch: { ...without, problem }, audit };
    }
    if (outcome.kind === 'reserved') {
      const discountCode = await moveDiscount(tx, discount, 'reserved', { nextCheckAt: null });
      return { result: null, patch: { discountCode }, audit };
    }
    const discountCode = await moveDiscount(tx, discount, 'redeemed', { sealed: null, endedAt: now, nextCheckAt: null });
    const redeemed = { ...payment, discountCode };
    const { method } = discount;
    const paid =
      outcome.evidence && (await payByDiscount(outcome.evidence, { payment: redeemed, attempt: null, method, tx, now }));
    if (paid?.audit) return { ...paid, result: method, patch: { ...paid.patch, discountCode } };
    return { result: null, patch: { discountCode, ...(await paidAlready(redeemed, tx, now)) }, audit };
  });
}

/**
 * An unredeemed code is dropped if the payment is over, or if it should have paid at once: then the customer has to choose
 * again.
 */
function reserveAgainOrDrop(payment: PaymentRecord): DiscountOutcome {
  if (hasEnded(payment)) return { kind: 'dropped', decline: null };
  return payment.discount >= payment.amount
    ? { kind: 'dropped', decline: { code: 'provider_unavailable' } }
    : { kind: 'reserved' };
}

/** The amount is 0 and only this code pays it, so the evidence can never be disputed. */
async function payByDiscount(evidence: EvidenceInput, context: EvidenceContext): Promise<PaymentUpdate<void> | undefined> {
  const taken = await applyEvidence(evidence, context);
  return 'doubt' in taken ? undefined : taken;
}

/** Money that was too little while the redemption was unknown may be all that is due now. */
async function paidAlready(payment: PaymentRecord, tx: Queries, now: number): Promise<Partial<PaymentRecord>> {
  const money = await readMoney(payment, tx);
  const event = missedEvent(payment, money);
  return event ? movedByEvidence(payment, event, money, now) : {};
}

/**
 * The customer removes the discount. Without one this does nothing. Throws `discount_taken` if its code is redeemed or may be.
 */
export function removeDiscount(deps: UnitOfWork, paymentId: string): Promise<void> {
  return updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    const { discountCode } = payment;
    if (!discountCode) return { result: undefined };
    if (payment.status !== 'open') throw new ProblemError('payment_processing');
    if (discountCode.status !== 'reserved') throw new ProblemError('discount_taken');
    const audit = { type: 'discount.removed', data: { discountId: discountCode.id } };
    return { result: undefined, patch: { ...(await dropReservedDiscount(payment, tx, now)), problem: null }, audit };
  });
}
