/**
 * Which events the page gets when one view state follows another. Pure: the same two states give the same events in the same
 * order.
 */
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
import { methodOf } from '../methods/choose-method.ts';
import type { ViewState } from '../screens/view-state.ts';

export function outcomeEvents(before: ViewState | null, after: ViewState): Event[] {
  const { view, problem, loadProblem } = after;
  const viewBefore = before?.view;
  if (loadProblem) return loadProblem !== before?.loadProblem ? [new PayLoadErrorEvent(loadProblem)] : [];
  if (!view) return [];
  const events: Event[] = [];
  if (!viewBefore) events.push(new PayReadyEvent(view.methods, view.test));
  const { nextAction, status } = view;
  const reasonBefore = viewBefore?.nextAction.kind === 'wait' && viewBefore.nextAction.reason;
  if (nextAction.kind === 'wait' && nextAction.reason !== reasonBefore)
    events.push(new PayPendingEvent(nextAction.reason, nextAction.since));
  if (viewBefore?.status !== status) {
    if (status === 'succeeded') events.push(new PaySuccessEvent(paidBy(view)));
    if (status === 'canceled') events.push(new PayCancelEvent());
    if (status === 'expired') events.push(new PayExpiredEvent());
  }
  // A decline from before this page was opened is shown, but it did not happen here.
  if (viewBefore && problem && problem !== before.problem) events.push(new PayFailureEvent(problem));
  return events;
}

const paidBy = (view: PaymentView) => {
  const { id: paymentId, orderId, amount, amountPaid, currency, paidLate } = view;
  return { paymentId, orderId, method: methodOf(view), amount, amountPaid, currency, paidLate };
};
