/**
 * Writes down that the discount code of a payment is used, before it is: from here on it cannot be taken off, and whoever comes next reads first
 * what became of it.
 */

import { lookAfterMs } from './attempts/discount.ts';
import { isDoubtful } from './attempts/evidence-status.ts';
import { type StepParts, step } from './attempts/update-payment.ts';
import { newId } from './model/ids.ts';
import { ProblemError } from './model/problem-error.ts';
import type { IntentRecord } from './model/records.ts';
import type { NewIntent } from './new-intent.ts';

/** Throws `payment_expired`, and `payment_processing` where the discount is another one by now, or is used, or money has come meanwhile. */
export function commitBurn(
  parts: StepParts,
  paymentId: string,
  attemptId: string,
  call: Omit<NewIntent, 'claim' | 'late' | 'spends' | 'returns' | 'due'>,
): Promise<IntentRecord> {
  return step<IntentRecord>(parts, paymentId, async (payment, tx, now) => {
    const { discountCode } = payment;
    const attempt = await tx.attempt(attemptId);
    if (!attempt || discountCode?.attemptId !== attemptId || discountCode.state === 'burned')
      throw new ProblemError('payment_processing');
    if (payment.status === 'canceled' || payment.expiresAt <= now) throw new ProblemError('payment_expired');
    // The rest would not be charged either.
    if (payment.amountPaid > 0 || (await isDoubtful(payment, tx))) throw new ProblemError('payment_processing');
    const intent: IntentRecord = {
      ...call,
      id: newId('int'),
      attemptId,
      paymentId,
      status: 'intended',
      createdAt: now,
      endedAt: null,
    };
    await tx.insertIntent(intent);
    await tx.updateAttempt({ ...attempt, nextCheckAt: now + lookAfterMs, leaseUntil: 0 });
    const data = { attemptId, operation: call.operation, upstream: call.upstream, intentId: intent.id };
    return {
      result: intent,
      patch: { discountCode: { ...discountCode, state: 'unknown' } },
      audit: { type: 'intent.committed', data },
    };
  });
}
