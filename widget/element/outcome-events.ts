/** What the page is told when one picture follows another. Pure: the same two pictures, the same events, in the same order. */
import type { PaymentView } from '#contract';
import {
  PayCancelEvent,
  PayExpiredEvent,
  PayFailureEvent,
  PayLoadErrorEvent,
  PayPendingEvent,
  PayReadyEvent,
  PaySuccessEvent,
} from '../events.ts';
import type { ViewState } from '../screens/view-state.ts';

export function outcomeEvents(before: ViewState | null, after: ViewState): Event[] {
  const { view, problem, loadProblem } = after;
  const was = before?.view;
  if (loadProblem) return loadProblem !== before?.loadProblem ? [new PayLoadErrorEvent(loadProblem)] : [];
  if (!view) return [];
  const events: Event[] = [];
  if (!was) events.push(new PayReadyEvent(view.methods, view.test));
  const { nextAction, status } = view;
  const waiting = was?.nextAction.kind === 'wait' && was.nextAction.reason;
  if (nextAction.kind === 'wait' && nextAction.reason !== waiting)
    events.push(new PayPendingEvent(nextAction.reason, nextAction.since));
  if (was?.status !== status) {
    if (status === 'succeeded') events.push(new PaySuccessEvent(paidBy(view)));
    if (status === 'canceled') events.push(new PayCancelEvent());
    if (status === 'expired') events.push(new PayExpiredEvent());
  }
  // What was refused before this page was opened is shown, but it did not happen here.
  if (was && problem && problem !== before.problem) events.push(new PayFailureEvent(problem));
  return events;
}

const paidBy = ({ id: paymentId, orderId, attempt, amount, amountPaid, currency, late }: PaymentView) => ({
  paymentId,
  orderId,
  method: attempt?.method ?? null,
  amount,
  amountPaid,
  currency,
  late,
});
