/**
 * Everything that decides what is on the screen at one moment, derived from the payment. Pure: renders nothing and fetches
 * nothing.
 */
import type { DeskProblem, PaymentStatus, PaymentView } from '#contract';
import type { FirstMessages, ScreenName } from '../messages/first-messages.ts';
import type { Language } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';
import type { PaymentController } from '../session/payment-controller.ts';

export interface ViewState {
  screen: ScreenName;
  view: PaymentView | null;
  /** Why the last try did not pay. */
  problem: DeskProblem | null;
  /** Why there is no view. */
  loadProblem: DeskProblem | null;
  /** A request of the customer is running. */
  busy: boolean;
  /** The text of the running or the last request; '' for a try to pay. */
  acting: string;
  /** One line about the circumstances, such as a lost connection; '' for none. */
  notice: string;
}

/** The input of a screen. A screen only renders: it decides nothing and keeps nothing. */
export interface ScreenContext {
  view: PaymentView;
  language: Language;
  texts: Messages;
  /** The server's clock, in milliseconds since 1970. */
  now(): number;
  /** Asks the BFF again. Resolves when it has answered, or cannot be reached. */
  recheck(): Promise<void>;
}

/** What has been fetched so far. */
export interface ResourceState {
  /** Null until the first texts have arrived. */
  texts: FirstMessages | null;
  /** The later screens have arrived, or are not expected soon. */
  settled: boolean;
  /** At least one method can be chosen. */
  payable: boolean;
}

export function viewState(
  payment: PaymentController,
  { texts, settled, payable }: ResourceState,
  before: ViewState | null,
): ViewState {
  const { view, problem, loadProblem, busy, acting } = payment;
  const next = texts ? screenOf(view, loadProblem, payable) : 'loading';
  // The first screen waits until it is complete. A screen that follows another may be plain texts for a moment.
  const screen = next === 'enter' || settled || (before && before.screen !== 'loading') ? next : 'loading';
  return { screen, view, problem, loadProblem, busy, acting, notice: texts ? noticeText(payment, texts) : '' };
}

function noticeText({ offline, slow, submittingElsewhere, problem }: PaymentController, texts: FirstMessages): string {
  if (offline && problem?.code !== 'network') return texts.offline;
  return submittingElsewhere ? texts.otherTab : slow ? texts.slow : '';
}

/** Where nothing can be entered, the status picks the screen. */
const screenByStatus: Record<PaymentStatus, ScreenName> = {
  open: 'unavailable', // No method of this merchant fits the order.
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

function screenOf(view: PaymentView | null, loadProblem: DeskProblem | null, payable: boolean): ScreenName {
  if (!view) return loadProblem ? 'load_error' : 'loading';
  if (loadProblem) return 'session';
  const { nextAction, status } = view;
  if (payable) return 'enter';
  const reason = nextAction.kind === 'wait' && nextAction.reason;
  // An SMS that may still arrive does not keep the payment open. A discount may have covered all of it and is being redeemed.
  if (!reason || reason === 'sms_late') return screenByStatus[status];
  return reason === 'review' ? 'review' : 'checking';
}

/**
 * Whether the customer has got somewhere else: to another screen, or to or from what is to be done elsewhere, an SMS or a transfer.
 * The first screen does not count.
 */
export const screenChanged = (before: ViewState | null, after: ViewState): boolean =>
  !!before && before.screen !== 'loading' && (before.screen !== after.screen || instructionsOf(before) !== instructionsOf(after));

/** What the customer has to do elsewhere; '' for nothing. */
const instructionsOf = ({ view }: ViewState) => /^(send_sms|transfer)$/.exec(view?.nextAction.kind ?? '')?.[0] ?? '';
