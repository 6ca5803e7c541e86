/** The screens after the first click: the outcome is open, a try was stopped, the payment is over, it is paid, or it cannot be opened. */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { DeskProblem, PaymentView } from '#contract';
import type { ScreenName } from '../messages/first-messages.ts';
import { type Language, problemText } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';
import { alert, amount, check, icon, isDead, merchantHeader, notice, referenceRow, warning } from '../parts/page.ts';
import { backLink, clock, cross, discountRows, elapsedText, status, webUrl } from '../parts/rows.ts';
import { explainLoadError, type SecretSource } from './explain-load-error.ts';
import { fiscalReceipt, paidScreen, transferRows } from './paid-screen.ts';
import type { ScreenContext } from './view-state.ts';

/** The screens that this module renders. */
type LaterName = Exclude<ScreenName, 'loading' | 'load_error' | 'enter'>;

export function renderLater(name: LaterName, context: ScreenContext) {
  return html`${headerWithTotal(context, name === 'paid' || name.startsWith('refund'))}
    ${name === 'paid' ? paidScreen(context) : name === 'checking' || name === 'review' ? checkingScreen(context, name === 'review') : endedScreen(context, name)}`;
}

/** Who is paid. The amount below is shown where a wide plugin window has both beside the card; elsewhere the screen tells it. */
const headerWithTotal = ({ view, language }: Pick<ScreenContext, 'view' | 'language'>, arrived: boolean) => {
  const minor = (arrived && view.amountPaid) || view.due;
  // A discount may have paid all of it.
  return merchantHeader(
    view,
    language,
    minor ? html`<div class="total">${amount(minor, view.currency, language)}</div>` : nothing,
  );
};

/** The outcome is open, or a person reviews it: says so, since when, and that nothing is lost. */
const checkingScreen = ({ view, language, texts, now, recheck }: ScreenContext, byPerson: boolean) => {
  const since = view.nextAction.kind === 'wait' ? view.nextAction.since : view.attempt?.startedAt;
  const elapsed = since ? now() - Date.parse(since) : 0;
  const [title, text] = checkingTexts(view, texts, elapsed > usualMs);
  const rows: [string, string][] = view.discount
    ? discountRows(view, language, texts)
    : [[texts.amount, language.money(view.due, view.currency)]];
  if (since) rows.push([texts.started, elapsedText(elapsed, texts, language.tag)]);
  rows.push(...transferRows(view, texts));
  const back = backWhileOpen(view, texts);
  return html`${byPerson ? status(icon(clock), 'calm', texts.titles.review, texts.reviewText) : status(html`<span class="spinner"></span>`, 'calm', title, text)}
    ${warning(texts.checkingWarning)}
    ${referenceRow(view.reference, texts, rows)}
    ${back}
    ${byPerson ? nothing : checkButton(back, texts.checkNow, recheck)}`;
};

/** Asks the BFF now. The way back is the filled button where there is one: nobody has to wait here. */
const checkButton = (back: unknown, label: string, onClick: (event: Event) => unknown) => {
  const part = back === nothing ? 'submit' : 'secondary';
  return html`<button part=${part} class="${part} check" type="button" @click=${onClick}>${label}</button>`;
};

/**
 * The way back while the outcome is open: the merchant's page for that, or else the start of the shop. The pages for the other outcomes
 * would say that it is paid, or that it is not.
 */
const backWhileOpen = ({ returnUrls: { pending, success, fail }, merchantName }: PaymentView, texts: Messages) =>
  backLink(pending ?? webUrl(success ?? fail)?.origin, merchantName, texts);

/** A wallet transfer has texts of its own, because more is known about it. */
function checkingTexts(
  { nextAction }: PaymentView,
  { titles, transfer, ...texts }: Messages,
  long: boolean,
): [title: string, text: string] {
  const reason = nextAction.kind === 'wait' ? nextAction.reason : null;
  if (reason === 'transfer_accepted') return [transfer.acceptedTitle, transfer.acceptedText];
  if (reason === 'transfer_pending') return [transfer.pendingTitle, transfer.pendingText];
  return [titles.checking, long ? texts.checkingLongText : texts.checkingText];
}

/** After this time the text "a few minutes" would be wrong. */
const usualMs = 10 * 60_000;

/** How a payment can end without being paid in full. */
type Ending = 'session' | 'expired' | 'canceled' | 'underpaid' | 'refunding' | 'refunded' | 'unavailable';

const endingIcons: Record<Ending, TemplateResult<2>> = {
  session: clock,
  expired: clock,
  canceled: cross,
  underpaid: alert,
  refunding: clock,
  refunded: check,
  unavailable: alert,
};

/** Says what happened to the money, and leads back to the shop. */
const endedScreen = (context: ScreenContext, name: Ending) => {
  const { view, language, texts } = context;
  // Where money has arrived, that is the news, and not how the payment ended.
  const ending = view.amountPaid && /expired|canceled/.test(name) ? 'underpaid' : name;
  const money = (minor: number) => language.money(minor, view.currency);
  // The customer may have paid although we have no proof of it. They are asked before they start again.
  const maybePaid =
    !hasUnusedCode(view) &&
    (ending === 'expired' || ending === 'canceled') &&
    !view.amountPaid &&
    view.nextAction.kind === 'none';
  return html`${status(icon(endingIcons[ending]), ending === 'underpaid' ? 'warn' : 'over', texts.titles[ending], endingText(ending, view, texts))}
    ${maybePaid ? warning(texts.alreadyPaid) : nothing}
    ${referenceRow(view.reference, texts, [...sumRows(ending, view, texts, money), ...transferRows(view, texts)])}
    ${backLink(view.returnUrls.fail, view.merchantName, texts)}
    ${ending === 'refunded' ? fiscalReceipt(context) : nothing}`;
};

/** The sums that the customer can compare with the bank's statement. */
function sumRows(
  ending: Ending,
  { due, amountPaid }: PaymentView,
  texts: Messages,
  money: (minor: number) => string,
): [name: string, value: string][] {
  if (ending.startsWith('refund')) return [[texts.amount, money(amountPaid)]];
  if (ending !== 'underpaid') return [];
  const arrived: [string, string][] = [
    [texts.asked, money(due)],
    [texts.received, money(amountPaid)],
  ];
  return amountPaid < due ? [...arrived, [texts.missing, money(due - amountPaid)]] : arrived;
}

function endingText(ending: Ending, view: PaymentView, texts: Messages): string {
  if (ending === 'session') return texts.sessionText;
  if (ending === 'refunding') return texts.refundingText;
  if (ending === 'refunded') return texts.refundText;
  if (ending === 'unavailable') return texts.problems.method_unavailable;
  if (ending === 'underpaid') return texts.underpaidText;
  // An SMS may have been sent and not have arrived.
  if (view.nextAction.kind === 'wait') return texts.sms.late;
  // The customer may have paid for the code, so "nothing was charged" could be wrong.
  if (hasUnusedCode(view)) return texts.sms.unused;
  // A transfer may have been made whose number was never submitted.
  return view.attempt?.transfer ? '' : texts.endedText;
}

/**
 * The customer was shown an SMS that brings a code, and entered no code that paid. Only such an attempt is abandoned without the
 * last characters of a code.
 */
const hasUnusedCode = ({ attempt, nextAction }: PaymentView): boolean =>
  attempt?.method === 'pay_code' && attempt.status === 'abandoned' && !attempt.lastCharacters && nextAction.kind === 'none';

/** Problems that end a try of a payment that this page still holds for open, and the title that tells of them. */
const stopped: Partial<Record<DeskProblem['code'], 'checking' | 'expired' | 'unavailable'>> = {
  payment_processing: 'checking',
  payment_expired: 'expired',
  order_conflict: 'unavailable',
};

type StoppedInput = Omit<ScreenContext, 'texts'> & { problem: DeskProblem | null; notice: string };

/**
 * In place of a form whose button could pay nothing: the payment is checked elsewhere, its time is up, or the order has changed. Null
 * for any other problem, and where the BFF names what the customer has to answer first.
 */
export function stoppedScreen({ view, problem, language, notice: line, recheck }: StoppedInput): TemplateResult | null {
  const { whole: texts } = language;
  const name = problem && !problem.field && stopped[problem.code];
  if (!texts || !name) return null;
  const waits = name === 'checking';
  const transfers = view.nextAction.kind === 'transfer';
  const text = waits
    ? texts.checkingWarning
    : name === 'expired' && !transfers
      ? texts.endedText
      : problemText(problem, language, view);
  const back = waits ? backWhileOpen(view, texts) : backLink(view.returnUrls.fail, view.merchantName, texts);
  return html`${headerWithTotal({ view, language }, false)}
    ${notice(line)}
    ${status(icon(name === 'unavailable' ? alert : clock), waits ? 'calm' : 'over', texts.titles[name], text)}
    ${referenceRow(view.reference, texts, [[texts.amount, language.money(view.due, view.currency)]])}
    ${back}
    ${waits || back === nothing ? checkButton(back, waits ? texts.checkNow : texts.tryAgain, lookAgain(recheck)) : nothing}`;
}

/** Where the payment may be paid after all, the form is back. It takes the focus that the button had. */
const lookAgain = (recheck: ScreenContext['recheck']) => async (event: Event) => {
  const button = event.currentTarget as HTMLElement;
  const root = button.getRootNode() as ShadowRoot;
  const hadFocus = root.activeElement === button;
  await recheck();
  const host = root.host as LitElement;
  await host.updateComplete;
  if (hadFocus && !button.isConnected && !root.activeElement) host.focus();
};

/** The payment cannot be opened: says why, offers another try, and shows what the merchant put into the slot `fallback`. */
export const loadErrorScreen = (problem: DeskProblem, language: Language, retry: () => void, source: SecretSource) => {
  const { texts, whole } = language;
  const words = { usual: problemText(problem, language, null), refused: whole?.pageRefused ?? texts.serviceFault };
  return html`${status(icon(alert), 'bad', texts.titles.load_error, explainLoadError(problem, source, words))}
    ${problem.reference ? referenceRow(problem.reference, texts) : nothing}
    <button part="submit" class="submit" type="button" ?hidden=${isDead(problem)} @click=${retry}>${texts.tryAgain}</button>
    <slot name="fallback"></slot>`;
};
