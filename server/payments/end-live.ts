/**
 * Nothing is asked of the customer any more: the attempt that waited for them ends. One that is watched goes on being so, with what is sealed
 * for it: the customer may have done it already.
 */
import { endAttempt } from './end-attempt.ts';
import type { Queries } from './model/ports.ts';
import type { PaymentRecord } from './model/records.ts';

export async function endLive({ status, attemptId }: PaymentRecord, tx: Queries, now: number): Promise<void> {
  const attempt = status === 'awaiting_customer' && attemptId ? await tx.attempt(attemptId) : null;
  if (attempt?.status !== 'live') return;
  if (attempt.nextCheckAt === null) return endAttempt(tx, attempt, 'abandoned', now);
  await tx.updateAttempt({ ...attempt, status: 'watched', endedAt: now });
}
