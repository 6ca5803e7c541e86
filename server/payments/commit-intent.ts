/** Writes down a spending call before it is made (the law, 4). What is not written here must not be sent. */
import { newId } from './new-id.ts';
import type { NewIntent } from './new-intent.ts';
import { ProblemError } from './problem-error.ts';
import type { IntentRecord } from './records.ts';
import { type StepParts, step } from './step.ts';

/**
 * Throws `payment_expired` where time ran out before the first call of this attempt, and `payment_processing` where the
 * attempt is no longer the one in flight. A later call of the same attempt only finishes what was begun in time.
 */
export function commitIntent(parts: StepParts, paymentId: string, attemptId: string, wanted: NewIntent): Promise<IntentRecord> {
  return step(parts, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (payment.status !== 'processing' || payment.attemptId !== attemptId || attempt?.status !== 'processing') {
      throw new ProblemError('payment_processing');
    }
    const earlier = await tx.intents(attemptId);
    if (earlier.length === 0 && payment.expiresAt <= now) throw new ProblemError('payment_expired');
    const intent: IntentRecord = {
      ...wanted,
      id: newId('int'),
      attemptId,
      paymentId,
      status: 'intended',
      createdAt: now,
      endedAt: null,
    };
    await tx.insertIntent(intent);
    return {
      result: intent,
      patch: {},
      audit: {
        type: 'intent.committed',
        data: { attemptId, intentId: intent.id, operation: intent.operation, upstream: intent.upstream },
      },
    };
  });
}
