/** The screens after the first click: the outcome is open, a try was stopped, the payment is over, it is paid, or it cannot be opened. */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { AttemptView, DeskProblem, PaymentView } from '#contract';
import type { ScreenName } from '../messages/first-messages.ts';
import { fill } from '../messages/format.ts';
import { type Language, problemText } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';
import { alert, amount, check, icon, isDead, merchantHeader, notice, referenceRow, warning } from '../parts/page.ts';
import { backLink, clock, cross, discountRows, elapsedText, groupedRequisite, status } from '../parts/rows.ts';
import { explainLoadError, type SecretSource } from './explain-load-error.ts';
import { fiscalReceiptUrl } from './fiscal-receipt.ts';
import { printReceipt } from './print-receipt.ts';
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
  return html`${byPerson ? status(icon(clock), 'calm', texts.titles.review, texts.reviewText) : status(html`<span class="spinner"></span>`, 'calm', title, text)}
    ${warning(texts.checkingWarning)}
    ${referenceRow(view.reference, texts, rows)}
    ${byPerson ? nothing : html`<button part="submit" class="submit" type="button" @click=${recheck}>${texts.checkNow}</button>`}
    ${backLink(view.returnUrls.pending, view.merchantName, texts, byPerson ? 'submit' : 'secondary')}`;
};

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
const endedScreen = (context: ScreenContext, ending: Ending) => {
  const { view, language, texts } = context;
  const money = (minor: number) => language.money(minor, view.currency);
  // The customer may have paid although we have no proof of it. They are asked before they start again.
  const maybePaid =
    !hasUnusedCode(view) &&
    (ending === 'expired' || ending === 'canceled') &&
    !view.amountPaid &&
    view.nextAction.kind === 'none';
  const text = fill(endingText(ending, view, texts), { paid: money(view.amountPaid), amount: money(view.due) });
  // The customer can compare the amount with the bank's statement.
  const returned: [string, string][] = ending.startsWith('refund') ? [[texts.amount, money(view.amountPaid)]] : [];
  return html`${status(icon(endingIcons[ending]), ending === 'underpaid' ? 'warn' : 'over', texts.titles[ending], text)}
    ${maybePaid ? warning(texts.alreadyPaid) : nothing}
    ${referenceRow(view.reference, texts, [...returned, ...transferRows(view, texts)])}
    ${ending === 'refunded' ? fiscalReceipt(context) : nothing}
    ${backLink(view.returnUrls.fail, view.merchantName, texts)}`;
};

function endingText(ending: Ending, view: PaymentView, texts: Messages): string {
  if (ending === 'session') return texts.sessionText;
  if (ending === 'refunding') return texts.refundingText;
  if (ending === 'refunded') return texts.refundText;
  if (ending === 'unavailable') return texts.problems.method_unavailable;
  // "Nothing was charged" must not be shown where money arrived.
  if (view.amountPaid > 0) return texts.underpaidText;
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

/** Paid, with a receipt. Of a pay code only its last characters are known. */
const paidScreen = (context: ScreenContext) => {
  const { view, language, texts } = context;
  const { attempt, discountCode, paidAt, currency, reference } = view;
  const paid = view.amountPaid || view.due;
  const rows: [name: string, value: string][] = [
    [texts.to, view.merchantName],
    [texts.orderRow, view.orderId],
  ];
  if (view.discount) rows.push(...discountRows(view, language, texts));
  // A discount code that covers the whole amount has paid it, and no attempt has.
  if (attempt) rows.push([texts.with, paidWith(attempt, texts)]);
  else if (discountCode)
    rows.push([texts.with, paidWith({ method: 'pay_code', lastCharacters: discountCode.lastCharacters, transfer: null }, texts)]);
  rows.push(...transferRows(view, texts));
  if (paidAt) rows.push([texts.when, language.moment(paidAt)]);
  const fiscal = fiscalReceiptUrl(view);
  const print = () =>
    printReceipt({
      lang: language.tag,
      title: texts.receipt,
      amount: language.money(paid, currency),
      rows: [...rows, [texts.reference, reference], ...(fiscal ? [[texts.fiscalReceipt, fiscal] as const] : [])],
    });
  const covered = !paid && view.discount > 0;
  const back = backLink(view.returnUrls.success, view.merchantName, texts);
  const part = back === nothing ? 'submit' : 'secondary';
  return html`${status(icon(check), 'good', covered ? texts.sms.covered : texts.titles.paid, view.paidLate ? texts.paidLate : '')}
    ${covered ? nothing : amount(paid, currency, language)}
    <slot name="success"></slot>
    ${referenceRow(
      reference,
      texts,
      rows.map(([name, value]) => [name, html`<bdi>${value}</bdi>`]),
      'receipt',
    )}
    ${fiscalReceipt(context)}
    ${back}
    <button part=${part} class=${part} type="button" @click=${print}>${texts.saveReceipt}</button>`;
};

/** It stays hidden until there is one. */
const fiscalReceipt = (context: ScreenContext) => html`<pay-fiscal-receipt hidden .context=${context}></pay-fiscal-receipt>`;

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
  const back = backLink(view.returnUrls[waits ? 'pending' : 'fail'], view.merchantName, texts, waits ? 'secondary' : 'submit');
  return html`${headerWithTotal({ view, language }, false)}
    ${notice(line)}
    ${status(icon(name === 'unavailable' ? alert : clock), waits ? 'calm' : 'over', texts.titles[name], text)}
    ${referenceRow(view.reference, texts, [[texts.amount, language.money(view.due, view.currency)]])}
    ${
      waits || back === nothing
        ? html`<button part="submit" class="submit" type="button" @click=${lookAgain(recheck)}>${waits ? texts.checkNow : texts.tryAgain}</button>`
        : nothing
    }
    ${back}`;
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

function paidWith(
  { method, lastCharacters, transfer }: Pick<AttemptView, 'method' | 'lastCharacters' | 'transfer'>,
  { methods }: Messages,
): string {
  if (transfer) return transfer.walletName;
  return lastCharacters ? `${methods[method]} ···· ${lastCharacters}` : methods[method];
}

/** Where a transfer was to go, and the number that was submitted, so that the customer can compare them with the wallet app. */
function transferRows({ attempt }: PaymentView, { transfer: texts }: Messages): [name: string, value: string][] {
  if (!attempt?.transfer) return [];
  const { requisites, walletName } = attempt.transfer;
  const rows = requisites.map((requisite): [string, string] => [
    fill(texts.captions[requisite.key] ?? requisite.caption ?? requisite.key, { wallet: walletName }),
    groupedRequisite(requisite),
  ]);
  return attempt.submittedReference ? [...rows, [texts.number, attempt.submittedReference]] : rows;
}

/** The payment cannot be opened: says why, offers another try, and shows what the merchant put into the slot `fallback`. */
export const loadErrorScreen = (problem: DeskProblem, language: Language, retry: () => void, source: SecretSource) => {
  const { texts, whole } = language;
  const words = { usual: problemText(problem, language, null), refused: whole?.pageRefused ?? texts.serviceFault };
  return html`${status(icon(alert), 'bad', texts.titles.load_error, explainLoadError(problem, source, words))}
    ${problem.reference ? referenceRow(problem.reference, texts) : nothing}
    <button part="submit" class="submit" type="button" ?hidden=${isDead(problem)} @click=${retry}>${texts.tryAgain}</button>
    <slot name="fallback"></slot>`;
};
