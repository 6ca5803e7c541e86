/**
 * The end of an attempt: erases what was sealed for it and gives back what it claimed, unless that paid or is still looked for.
 * What paid is never free again, though it had been given back before. A card's token lives at its service too: it is erased here once
 * it has been removed there, or saved.
 * @param mayArrive A call of it may still arrive: what is sealed is kept for so long as upstream is read for that.
 */
import { nextLateCheckIn } from './attempts/check-schedule.ts';
import type { Queries } from './model/ports.ts';
import type { AttemptRecord } from './model/records.ts';

export async function endAttempt(
  tx: Queries,
  attempt: AttemptRecord,
  status: Exclude<AttemptRecord['status'], 'live' | 'processing' | 'refunding' | 'refunded'>,
  now: number,
  problem: AttemptRecord['problem'] = null,
  mayArrive = false,
): Promise<void> {
  const sealed = mayArrive || attempt.method === 'card' ? attempt.sealed : null;
  const lateIn = mayArrive ? nextLateCheckIn(now, now) : null;
  const ended = { sealed, endedAt: attempt.endedAt ?? now, nextCheckAt: lateIn === null ? null : now + lateIn, leaseUntil: 0 };
  await tx.updateAttempt({ ...attempt, ...ended, status, problem });
  if (status === 'watched' || status === 'review') return;
  for (const claim of await tx.claimsOfAttempt(attempt.id)) {
    await tx.updateClaim({ ...claim, status: status === 'paid' ? 'paid' : 'released' });
  }
}
