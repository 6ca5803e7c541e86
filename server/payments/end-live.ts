/** Nothing is asked of the customer any more: the attempt that waited for them ends. */
import { endAttempt } from './end-attempt.ts';
import type { Queries } from './ports.ts';
import type { PaymentRecord } from './records.ts';

export async function endLive({ status, attemptId }: PaymentRecord, tx: Queries, now: number): Promise<void> {
  const attempt = status === 'awaiting_customer' && attemptId ? await tx.attempt(attemptId) : null;
  if (attempt?.status === 'live') await endAttempt(tx, attempt, 'abandoned', now);
}
