/** The outcome is not known yet, or a person looks at it. Says so, since when, and that nothing is lost; never a dead end. */
import { html, nothing } from 'lit';
import { elapsedText } from '../messages/elapsed-text.ts';
import { backLink } from '../parts/back-link.ts';
import { icon } from '../parts/icon.ts';
import { clock } from '../parts/icons/clock.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import type { ScreenContext } from './screen-context.ts';

export const checkingScreen = ({ view, language, texts, now, recheck }: ScreenContext, byPerson: boolean) => {
  const since = view.nextAction.kind === 'wait' ? view.nextAction.since : view.attempt?.startedAt;
  const elapsed = since ? now() - Date.parse(since) : 0;
  const text = elapsed > usual ? texts.checkingLongText : texts.checkingText;
  const rows: [string, string][] = [[texts.amount, language.money(view.due, view.currency)]];
  if (since) rows.push([texts.started, elapsedText(elapsed, texts, language.tag)]);
  return html`${byPerson ? status(icon(clock), 'calm', texts.titles.review, texts.reviewText) : status(html`<span class="spinner"></span>`, 'calm', texts.titles.checking, text)}
    <p class="warning">${texts.checkingWarning}</p>
    ${referenceRow(view.reference, texts, rows)}
    ${byPerson ? nothing : html`<button part="secondary" class="secondary" type="button" @click=${recheck}>${texts.checkNow}</button>`}
    ${backLink(view.returnUrls.pending, view.merchantName, texts, 'secondary')}`;
};

/** Milliseconds; “a few minutes” would be no longer true. */
const usual = 10 * 60_000;
