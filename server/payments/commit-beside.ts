/**
 * Writes down a call beside a payment, one that moves no money and is made once at most, e.g. the SMS with the receipt. Null where an earlier
 * one has had its effect, or may have had it.
 */

import { type StepParts, step } from './attempts/update-payment.ts';
import { newId } from './model/ids.ts';
import type { IntentRecord } from './model/records.ts';

/** The note of an intent whose call is known to have had no effect: then it may be made again. */
export const withoutEffect = { outcome: 'none' } as const;

export function commitBeside(
  parts: StepParts,
  paymentId: string,
  attemptId: string,
  call: Pick<IntentRecord, 'operation' | 'upstream' | 'naturalKey' | 'notes'>,
): Promise<IntentRecord | null> {
  return step<IntentRecord | null>(parts, paymentId, async (_payment, tx, now) => {
    const earlier = (await tx.intents(attemptId)).filter(({ operation }) => operation === call.operation);
    if (earlier.some(({ notes }) => notes.outcome !== withoutEffect.outcome)) return { result: null };
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
    const data = { attemptId, operation: call.operation, upstream: call.upstream, intentId: intent.id };
    return { result: intent, audit: { type: 'intent.committed', data } };
  });
}
