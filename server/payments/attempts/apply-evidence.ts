/** Writes down that an upstream took money, and what that makes of the payment. Money is taken in every status. */

import type { EvidenceInput } from '../model/outcome.ts';
import { type AttemptContext, confirmedAmountDue, hasPaid, isLate, transition } from '../model/payment-state.ts';
import type { EvidenceRecord, PaymentRecord, Refusal } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { dropReservedDiscount, endAttempt, endOpenAttempts } from './attempt.ts';
import { evidenceEvent, statusByEvidence } from './evidence-status.ts';
import type { PaymentUpdate } from './update-payment.ts';

/** `doubt`: only a person can tell what it pays. Then nothing is written down yet; `money` is what is to be kept. */
export async function applyEvidence(
  money: EvidenceInput,
  facts: AttemptContext,
): Promise<PaymentUpdate<void> | { doubt: string; money?: EvidenceInput }> {
  const { payment, attempt, tx, now } = facts;
  if (money.currency !== payment.currency) return { doubt: 'paid in another currency', money };
  const claims = await tx.claimsOfAttempt(attempt.id);
  if (claims.some(({ contested }) => contested)) return { doubt: 'another payment claims the same', money };
  const fresh = await tx.insertEvidence(toEvidenceRecord(money, facts, true));
  const all = await tx.evidence(payment.id);
  const known = all.find(({ upstream, upstreamId }) => upstream === money.upstream && upstreamId === money.upstreamId);
  if (!known) return { doubt: 'this money paid another payment' };
  // Told again; also where a person decides about it: another word for the same money settles nothing.
  if (!fresh && (hasPaid(attempt) || !known.counted)) return { result: undefined };
  if (!hasPaid(attempt)) await endAttempt(tx, attempt, 'paid', now);
  const status = await statusWithEvidence(all, facts);
  if (status !== 'processing') await endOpenAttempts(payment, tx, now);
  return {
    result: undefined,
    patch: {
      status,
      problem: null,
      // It is remembered by what paid it, though the customer had gone on to something else.
      ...(!keepsAttempt(payment, status) && { attemptId: attempt.id }),
      late: isLate(payment),
      paidAt: payment.paidAt ?? (status === 'succeeded' ? now : null),
    },
    audit: { type: 'evidence.taken', data: { attemptId: attempt.id, ...money } },
  };
}

/** Keeps money that pays nothing until a person has decided; false where it is known already. */
export const recordUncountedEvidence = (money: EvidenceInput, facts: AttemptContext): Promise<boolean> =>
  facts.tx.insertEvidence(toEvidenceRecord(money, facts, false));

const toEvidenceRecord = (money: EvidenceInput, { payment, attempt, now }: AttemptContext, counted: boolean): EvidenceRecord => ({
  ...money,
  paymentId: payment.id,
  attemptId: attempt.id,
  method: attempt.method,
  takenAt: now,
  counted,
});

/** Enough is enough, whatever is in flight: that is followed to its end, and what it brings is surplus. Less waits for what is in flight. */
async function statusWithEvidence(
  all: EvidenceRecord[],
  { payment, attempt, tx }: AttemptContext,
): Promise<PaymentRecord['status']> {
  const event = evidenceEvent(payment, all) ?? 'paid_doubtful';
  if (event !== 'paid_enough' && payment.status === 'processing' && payment.attemptId !== attempt.id)
    return transition(payment.status, 'paid_while_busy');
  if (payment.status !== 'needs_review') return transition(payment.status, event);
  // More money answers the question that a person was asked only where too little was the question.
  const returned = (await tx.attempts(payment.id)).some(({ status }) => status === 'refunding' || status === 'refunded');
  const enoughBefore = payment.amountPaid > 0 && payment.amountPaid >= confirmedAmountDue(payment);
  return transition(payment.status, returned || enoughBefore ? 'paid_doubtful' : event);
}

/** What waits for another attempt still does, and what was paid before keeps what paid it. */
const keepsAttempt = (before: PaymentRecord, status: PaymentRecord['status']): boolean =>
  status === 'processing' || before.status === 'succeeded' || before.status === 'refunding';

/** Where a payment stands when the attempt it waited for brought nothing. */
/** Back to `open`, unless other money has come meanwhile, which is then what there is to say, or the payment's time is over. */
export async function statusAfterDecline(
  payment: PaymentRecord,
  refusal: Refusal | null,
  tx: Queries,
  now: number,
): Promise<Partial<PaymentRecord> & Pick<PaymentRecord, 'status'>> {
  const judged = await statusByEvidence(payment, tx, now);
  if (judged) return judged;
  const open = transition(payment.status, 'refuse');
  if (payment.expiresAt > now) return { status: open, problem: refusal };
  return { status: transition(open, 'expire'), problem: refusal, ...(await dropReservedDiscount(payment, tx, now)) };
}
