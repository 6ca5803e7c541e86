/** What a page is told when the truth moves from one view to the next. Pure: the same two views, the same events, in order. */
import type { PaymentView } from '#contract';
import { PayCancelEvent, PayExpiredEvent, PayPendingEvent, PayReadyEvent, PaySuccessEvent } from './events.ts';

export function outcomeEvents(before: PaymentView | null, after: PaymentView): Event[] {
  const events: Event[] = [];
  if (before?.id !== after.id) events.push(new PayReadyEvent(after.methods, after.test));
  const reason = waitReason(after);
  if (reason && reason !== waitReason(before) && after.nextAction.kind === 'wait')
    events.push(new PayPendingEvent(reason, after.nextAction.since));
  if (before?.id === after.id && before.status === after.status) return events;
  if (after.status === 'succeeded') events.push(new PaySuccessEvent(paidBy(after)));
  if (after.status === 'canceled') events.push(new PayCancelEvent());
  if (after.status === 'expired') events.push(new PayExpiredEvent());
  return events;
}

const waitReason = (view: PaymentView | null) => (view?.nextAction.kind === 'wait' ? view.nextAction.reason : null);

const paidBy = (view: PaymentView) => ({
  paymentId: view.id,
  orderId: view.orderId,
  method: view.attempt?.method ?? null,
  amount: view.amount,
  amountPaid: view.amountPaid,
  currency: view.currency,
  late: view.late,
});
