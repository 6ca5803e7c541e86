/** Says for one attempt that a thing which can pay once is its own; the row decides who was first. */

import type { Queries } from './model/ports.ts';
import { ProblemError } from './model/problem-error.ts';
import type { ClaimRecord } from './model/records.ts';

/**
 * Answers `taken`, or `contested` where another payment holds it: that is written down, and nothing may be sent. Throws
 * `number_taken` where it has paid, and `number_checking` where this payment holds it already.
 */
export async function takeClaim(
  tx: Queries,
  wanted: Pick<ClaimRecord, 'account' | 'thing' | 'paymentId' | 'attemptId'>,
  now: number,
): Promise<'taken' | 'contested'> {
  if (await tx.claim({ ...wanted, status: 'held', contested: false, claimedAt: now })) return 'taken';
  const standing = await tx.claimOf(wanted.account, wanted.thing);
  if (!standing) throw new Error('a claim that stands in the way must exist');
  if (standing.status === 'paid') throw new ProblemError('number_taken', { field: 'transactionNumber' });
  if (standing.paymentId === wanted.paymentId) throw new ProblemError('number_checking', { field: 'transactionNumber' });
  await tx.updateClaim({ ...standing, contested: true });
  return 'contested';
}
