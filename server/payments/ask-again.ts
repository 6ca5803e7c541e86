/** Nothing was paid by what was said, and it may be said again: the customer stays where they are, before the same action. */
import { afterRefusal } from './after-refusal.ts';
import { newAttempt } from './attempts/attempt.ts';
import type { Decision } from './attempts/update-payment.ts';
import { endAttempt } from './end-attempt.ts';
import { type Facts, isInFlight } from './facts.ts';
import type { Outcome } from './model/outcome.ts';
import { transition } from './model/payment-state.ts';

export async function askAgain(
  { refusal, watched, mayArrive }: Outcome & { kind: 'asked' },
  { payment, attempt, tx, now }: Facts,
): Promise<Decision<void>> {
  await endAttempt(tx, attempt, watched ? 'watched' : 'refused', now, refusal, mayArrive);
  const audit = { type: 'attempt.refused', data: { attemptId: attempt.id, code: refusal.code, watched } };
  if (attempt.status === 'live' && payment.status === 'awaiting_customer' && payment.attemptId === attempt.id) {
    // What was shown to the customer is worth nothing any more.
    return { result: undefined, patch: await afterRefusal(payment, refusal, tx, now), audit };
  }
  if (!isInFlight(payment, attempt)) {
    const shown = payment.attemptId === attempt.id && payment.status !== 'processing';
    return { result: undefined, ...(shown && { patch: { problem: refusal } }), audit };
  }
  const after = await afterRefusal(payment, refusal, tx, now);
  // A code that was shown has gone with its attempt: there is nothing to be asked by again.
  const gone = attempt.action?.kind === 'send_sms' && attempt.action.then === 'wait';
  if (after.status !== 'open' || gone) return { result: undefined, patch: after, audit };
  const next = newAttempt(payment.id, attempt.method, 'live', now, [attempt], { action: attempt.action });
  await tx.insertAttempt(next);
  const status = transition(payment.status, 'ask');
  return { result: undefined, patch: { status, attemptId: next.id, problem: refusal }, audit };
}
