/** The same attempt goes on once the customer has done what is shown, e.g. typed the code of an SMS. */

import { judgeByMoney } from './attempts/evidence-status.ts';
import type { Decision } from './attempts/update-payment.ts';
import { endAttempt } from './end-attempt.ts';
import { type Facts, isInFlight } from './facts.ts';
import type { Outcome } from './model/outcome.ts';
import { transition } from './model/payment-state.ts';

export async function goOn(
  { action, problem, watchInMs }: Outcome & { kind: 'next' },
  { payment, attempt, tx, now }: Facts,
): Promise<Decision<void>> {
  const waited = isInFlight(payment, attempt);
  const judged = waited ? await judgeByMoney(payment, tx, now) : null;
  if (!waited || judged) {
    // Nobody waits for it any more: the payment was paid otherwise, or is over. Or less than is due has come, and no more must be asked for.
    await endAttempt(tx, attempt, 'abandoned', now);
    const audit = { type: 'attempt.left', data: { attemptId: attempt.id } };
    return { result: undefined, audit, ...(judged && { patch: judged }) };
  }
  const nextCheckAt = watchInMs === undefined ? null : now + watchInMs;
  await tx.updateAttempt({ ...attempt, status: 'live', action, nextCheckAt, leaseUntil: 0, unknownSince: null, checks: 0 });
  return {
    result: undefined,
    patch: { status: transition(payment.status, 'ask'), problem },
    audit: {
      type: 'attempt.asked',
      data: { attemptId: attempt.id, action: action.kind, ...(problem && { code: problem.code }) },
    },
  };
}
