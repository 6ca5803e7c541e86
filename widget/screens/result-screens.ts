/** The outcome is not known yet, or a person looks at it. Says so, since when, and that nothing is lost; never a dead end. */
import { html, nothing } from 'lit';
import type { PaymentView } from '#contract';
import { elapsedText } from '../messages/elapsed-text.ts';
import type { Messages } from '../messages/messages.ts';
import { backLink } from '../parts/back-link.ts';
import { discountRows } from '../parts/discount-rows.ts';
import { clock } from '../parts/icons/clock.ts';
import { icon } from '../parts/icons.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import type { ScreenContext } from './screen-context.ts';
import { transferRows } from './transfer-rows.ts';

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
