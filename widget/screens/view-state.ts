/** What is on the screen now, from the payment, the words at hand and what was painted before. Draws nothing, asks for nothing. */

import type { PaymentStatus, PaymentView } from '#contract';
import type { FirstMessages } from '../messages/messages.ts';
import type { DeskProblem } from '../session/bff-client.ts';
import type { PaymentController } from '../session/payment-controller.ts';
import type { ScreenName } from '../session/screen-name.ts';

export interface ResourceState {
  /** Null until the first words are there. */
  texts: FirstMessages | null;
  /** The later screens are fetched, or will not come. */
  settled: boolean;
  /** At least one method is left to choose from. */
  payable: boolean;
}

export function viewState(
  payment: PaymentController,
  { texts, settled, payable }: ResourceState,
  before: ViewState | null,
): ViewState {
  const { view, problem, loadProblem, busy, acting } = payment;
  const next = texts ? screenOf(view, loadProblem, payable) : 'loading';
  // What comes first should come whole; what follows something may be plain words for a moment.
  const screen = next === 'enter' || settled || (before && before.screen !== 'loading') ? next : 'loading';
  return { screen, view, problem, loadProblem, busy, acting, notice: texts ? noticeOf(payment, texts) : '' };
}

function noticeOf({ offline, slow, submittingElsewhere: elsewhere, problem }: PaymentController, texts: FirstMessages): string {
  if (offline && problem?.code !== 'network') return texts.offline;
  return elsewhere ? texts.otherTab : slow ? texts.slow : '';
}

/** All that decides what is on the screen, at one moment. */
export interface ViewState {
  screen: ScreenName;
  view: PaymentView | null;
  /** Why the last try did not pay. */
  problem: DeskProblem | null;
  /** Why there is no view. */
  loadProblem: DeskProblem | null;
  /** A click is on its way. */
  busy: boolean;
  /** What it is, or the last one was, in words; '' for a try to pay. */
  acting: string;
  /** One line about the circumstances; '' for none. */
  notice: string;
}

/** Whether the customer is somewhere else than before: on another screen, or come to what is to be sent by SMS, or back from it. Not at the start. */
export const screenChanged = (before: ViewState | null, after: ViewState): boolean =>
  !!before && before.screen !== 'loading' && (before.screen !== after.screen || sendsSms(before) !== sendsSms(after));

const sendsSms = ({ view }: ViewState) => view?.nextAction.kind === 'send_sms';

/** The one screen for a view: its next action picks it; where there is nothing to enter, its status does. */
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
