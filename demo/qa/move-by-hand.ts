/**
 * Brings a payment where pay codes alone cannot bring it, or only in a week: through the server's own use cases, so every move is one
 * that the machine allows, with its webhook and its audit event. Only the upstream's word is made up.
 */
import { beginAttempt } from '../../server/payments/begin-attempt.ts';
import { conclude } from '../../server/payments/conclude.ts';
import { cancel } from '../../server/payments/leave.ts';
import { type PaymentEvent, transition } from '../../server/payments/machine.ts';
import type { Outcome } from '../../server/payments/outcome.ts';
import { type StepParts, step } from '../../server/payments/step.ts';
import type { ByHand } from '../page/qa-api.ts';

/** @throws Error where the machine knows no such move from where the payment is. */
export async function moveByHand(parts: StepParts, paymentId: string, to: ByHand): Promise<void> {
  const payment = await parts.store.payment(paymentId);
  if (!payment) throw new Error('no such payment');
  const due = payment.amount - payment.discount;
  const begin = async () => (await beginAttempt(parts, paymentId, { method: 'pay_code', tail: '0000' })).id;
  const end = (attemptId: string, outcome: Outcome) => conclude(parts, paymentId, attemptId, outcome, 0);
  const money = (amount: number): Outcome => ({
    kind: 'paid',
    evidence: { upstream: 'by-hand', upstreamId: `by-hand:${paymentId}`, amount, currency: payment.currency },
  });
  switch (to) {
    case 'underpaid':
      await end(await begin(), money(Math.ceil(due * 0.4)));
      return;
    case 'late': {
      const attempt = await begin();
      await end(attempt, { kind: 'refused', refusal: { code: 'provider_unavailable' } });
      await cancel(parts, paymentId);
      await end(attempt, money(due));
      return;
    }
    case 'needs_review':
      await end(payment.attemptId ?? (await begin()), { kind: 'review', why: 'by hand' });
      return;
    case 'refunding':
      return move(parts, paymentId, 'refund');
    case 'refunded':
      await move(parts, paymentId, 'refund');
      return move(parts, paymentId, 'refund_done');
  }
}

const move = (parts: StepParts, paymentId: string, event: PaymentEvent): Promise<void> =>
  step<void>(parts, paymentId, async ({ status }) => ({
    result: undefined,
    patch: { status: transition(status, event) },
    audit: { type: `payment.${event}`, data: { by: 'hand' } },
  }));
