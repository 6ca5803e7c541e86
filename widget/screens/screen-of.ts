/** The one screen for a view: its next action picks it; where there is nothing to enter, its status does. */
import type { PaymentStatus, PaymentView } from '#contract';
import type { DeskProblem } from '../desk-problem.ts';
import type { ScreenName } from '../session/screen-name.ts';

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

/** `payable`: at least one method is left to choose from. */
export function screenOf(view: PaymentView | null, loadProblem: DeskProblem | null, payable: boolean): ScreenName {
  if (!view) return loadProblem ? 'load_error' : 'loading';
  if (loadProblem) return 'session';
  const { nextAction, status } = view;
  if (payable) return 'enter';
  const reason = nextAction.kind === 'wait' && nextAction.reason;
  // An SMS that may still come keeps nothing open. A discount may have paid it all, and is being used.
  if (!reason || reason === 'sms_late') return idle[status];
  return reason === 'review' ? 'review' : 'checking';
}
