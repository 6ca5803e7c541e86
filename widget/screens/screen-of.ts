/** The one screen for a view: its next action picks it; where there is nothing to do, the way it ended does. */
import type { PaymentStatus, PaymentView } from '#contract';
import type { ScreenName } from './screen.ts';

const idle: Record<PaymentStatus, ScreenName> = {
  open: 'unavailable', // no method of this merchant fits the order
  awaiting_customer: 'unavailable',
  processing: 'checking',
  needs_review: 'review',
  succeeded: 'paid',
  underpaid: 'underpaid',
  refunding: 'refunding',
  refunded: 'refunded',
  canceled: 'canceled',
  expired: 'expired',
};

export function screenOf({ nextAction, status }: PaymentView): ScreenName {
  if (nextAction.kind === 'choose' || nextAction.kind === 'enter_code') return 'enter';
  if (nextAction.kind === 'wait' && status !== 'refunding') return nextAction.reason === 'review' ? 'review' : 'checking';
  return idle[status];
}
