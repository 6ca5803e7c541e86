/** The outcome is not known yet, or a person looks at it. Says so, since when, and that nothing is lost; never a dead end. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AttemptView, PaymentView } from '#contract';
import { elapsedText } from '../messages/elapsed-text.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';
import { problemText } from '../messages/problem-text.ts';
import { alert, icon } from '../parts/icons.ts';
import { amount, merchantHeader, referenceRow } from '../parts/page.ts';
import { backLink, discountRows, status } from '../parts/rows.ts';
import { check, clock } from '../parts/status-icons.ts';
import type { DeskProblem } from '../session/bff-client.ts';
import type { ScreenName } from '../session/screen-name.ts';
import { printReceipt } from './print-receipt.ts';
import type { ScreenContext } from './screen-context.ts';

export const checkingScreen = ({ view, language, texts, now, recheck }: ScreenContext, byPerson: boolean) => {
  const since = view.nextAction.kind === 'wait' ? view.nextAction.since : view.attempt?.startedAt;
  const elapsed = since ? now() - Date.parse(since) : 0;
  const [title, text] = wordsOf(view, texts, elapsed > usual);
  const rows: [string, string][] = view.discount
    ? discountRows(view, language, texts)
    : [[texts.amount, language.money(view.due, view.currency)]];
  if (since) rows.push([texts.started, elapsedText(elapsed, texts, language.tag)]);
  rows.push(...transferRows(view, texts));
  return html`${byPerson ? status(icon(clock), 'calm', texts.titles.review, texts.reviewText) : status(html`<span class="spinner"></span>`, 'calm', title, text)}
    <p class="warning">${texts.checkingWarning}</p>
    ${referenceRow(view.reference, texts, rows)}
    ${byPerson ? nothing : html`<button part="secondary" class="secondary" type="button" @click=${recheck}>${texts.checkNow}</button>`}
    ${backLink(view.returnUrls.pending, view.merchantName, texts, 'secondary')}`;
};

/** What is known of a transfer is said as it is. */
function wordsOf(
  { nextAction }: PaymentView,
  { titles, transfer, ...texts }: Messages,
  long: boolean,
): [title: string, text: string] {
  const reason = nextAction.kind === 'wait' ? nextAction.reason : null;
  if (reason === 'transfer_accepted') return [transfer.acceptedTitle, transfer.acceptedText];
  if (reason === 'transfer_pending') return [transfer.pendingTitle, transfer.pendingText];
  return [titles.checking, long ? texts.checkingLongText : texts.checkingText];
}

/** Milliseconds; “a few minutes” would be no longer true. */
const usual = 10 * 60_000;

/** Over without being paid as asked: says what became of the money, and the way out. */
export type Ending = 'session' | 'expired' | 'canceled' | 'underpaid' | 'refunding' | 'refunded' | 'unavailable';

const signs: Record<Ending, TemplateResult<2>> = {
  session: clock,
  expired: clock,
  canceled: clock,
  underpaid: alert,
  refunding: clock,
  refunded: check,
  unavailable: alert,
};

export const endedScreen = ({ view, language, texts }: ScreenContext, ending: Ending) => {
  const money = (minor: number) => language.money(minor, view.currency);
  // The customer may have paid although we know of nothing: asked calmly, before they start again.
  const doubtful =
    !hasUnusedCode(view) &&
    (ending === 'expired' || ending === 'canceled') &&
    !view.amountPaid &&
    view.nextAction.kind === 'none';
  const text = fill(textOf(ending, view, texts), { paid: money(view.amountPaid), amount: money(view.due) });
  // How much, to be compared with what the bank says.
  const returned: [string, string][] = ending.startsWith('refund') ? [[texts.amount, money(view.amountPaid)]] : [];
  return html`${status(icon(signs[ending]), 'calm', texts.titles[ending], text)}
    ${doubtful ? html`<p class="warning">${texts.alreadyPaid}</p>` : nothing}
    ${referenceRow(view.reference, texts, [...returned, ...transferRows(view, texts)])}
    ${backLink(view.returnUrls.fail, view.merchantName, texts)}`;
};

function textOf(ending: Ending, view: PaymentView, texts: Messages): string {
  if (ending === 'session') return texts.sessionText;
  if (ending === 'refunding') return texts.refundingText;
  if (ending === 'refunded') return texts.refundText;
  if (ending === 'unavailable') return texts.problems.method_unavailable;
  // "Nothing was charged" only where nothing arrived.
  if (view.amountPaid > 0) return texts.underpaidText;
  // An SMS may have been sent, and not have arrived.
  if (view.nextAction.kind === 'wait') return texts.sms.late;
  // It may have been paid for, and "nothing was charged" is not true.
  if (hasUnusedCode(view)) return texts.sms.unused;
  // A transfer may have been made, and never told.
  return view.attempt?.transfer ? '' : texts.endedText;
}

/** The customer was shown an SMS that a code comes back for, and typed none that paid: only such an attempt is left without signs of a code. */
const hasUnusedCode = ({ attempt, nextAction }: PaymentView): boolean =>
  attempt?.method === 'pay_code' && attempt.status === 'abandoned' && !attempt.tail && nextAction.kind === 'none';

/** Paid, with a receipt. Shown only for what the BFF proved; the code itself is gone by now, but for its last signs. */
export const paidScreen = ({ view, language, texts }: ScreenContext) => {
  const { attempt, paidAt, currency, reference } = view;
  const paid = view.amountPaid || view.due;
  const rows: [name: string, value: string][] = [
    [texts.to, view.merchantName],
    [texts.orderRow, view.orderId],
  ];
  if (view.discount) rows.push(...discountRows(view, language, texts));
  if (attempt) rows.push([texts.with, withWhat(attempt, texts)]);
  rows.push(...transferRows(view, texts));
  if (paidAt) rows.push([texts.when, language.moment(paidAt)]);
  const print = () =>
    printReceipt({
      lang: language.tag,
      title: texts.receipt,
      amount: language.money(paid, currency),
      rows: [...rows, [texts.reference, reference]],
    });
  return html`${status(icon(check), 'good', texts.titles.paid, view.late ? texts.paidLate : '')}
    ${amount(paid, currency, language)}
    <slot name="success"></slot>
    ${referenceRow(
      reference,
      texts,
      rows.map(([name, value]) => [name, html`<bdi>${value}</bdi>`]),
      'receipt',
    )}
    <button part="secondary" class="secondary" type="button" @click=${print}>${texts.saveReceipt}</button>
    ${backLink(view.returnUrls.success, view.merchantName, texts)}`;
};

function withWhat({ method, tail, transfer }: AttemptView, { methods }: Messages): string {
  if (transfer) return transfer.walletName;
  return tail ? `${methods[method]} ···· ${tail}` : methods[method];
}

/** Where a transfer was to go and under which number it was told, to be compared with the wallet app. */
export function transferRows({ attempt }: PaymentView, { transfer: texts }: Messages): [name: string, value: string][] {
  if (!attempt?.transfer) return [];
  const { requisites, walletName } = attempt.transfer;
  const rows = requisites.map(({ key, caption, value }): [string, string] => [
    fill(texts.captions[key] ?? caption ?? key, { wallet: walletName }),
    value,
  ]);
  return attempt.entered ? [...rows, [texts.number, attempt.entered]] : rows;
}

/** From the name of a screen that is not the first to what is drawn. */
export type LaterName = Exclude<ScreenName, 'loading' | 'load_error' | 'enter'>;

export function renderLater(name: LaterName, context: ScreenContext) {
  if (name === 'paid') return paidScreen(context);
  if (name === 'checking') return checkingScreen(context, false);
  return html`${merchantHeader(context.view, context.language)}
    ${name === 'review' ? checkingScreen(context, true) : endedScreen(context, name)}`;
}

/** Nothing to show: says why in words, offers another try, and what the merchant put in the slot `fallback`. */
export const loadErrorScreen = (problem: DeskProblem, language: Language, retry: () => void) => {
  const { texts } = language;
  return html`${status(icon(alert), 'bad', texts.titles.load_error, problemText(problem, language, null))}
    ${problem.ref ? referenceRow(problem.ref, texts) : nothing}
    <button part="submit" class="submit" type="button" @click=${retry}>${texts.tryAgain}</button>
    <slot name="fallback"></slot>`;
};
