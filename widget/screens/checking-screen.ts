/** The outcome is not known yet, or a person looks at it. Says so, since when, and that nothing is lost; never a dead end. */
import { html, nothing } from 'lit';
import { elapsedText } from '../messages/elapsed-text.ts';
import { backLink } from '../parts/back-link.ts';
import { details } from '../parts/details.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import type { ScreenContext } from './screen.ts';

export const checkingScreen = ({ view, language, now, recheck }: ScreenContext, byPerson: boolean) => {
  const { texts } = language;
  const since = view.nextAction.kind === 'wait' ? view.nextAction.since : view.attempt?.startedAt;
  return html`${
    byPerson
      ? status({ sign: 'clock', tone: 'calm', title: texts.reviewTitle, text: texts.reviewText })
      : status({ sign: 'spinner', tone: 'calm', title: texts.checkingTitle, text: texts.checkingText })
  }
    <p class="warning">${texts.checkingWarning}</p>
    ${details('details', [
      ...(since ? [[texts.started, elapsedText(now() - Date.parse(since), texts)] as const] : []),
      referenceRow(view.reference, texts),
    ])}
    <div class="actions">
      ${byPerson ? nothing : html`<button part="secondary" class="secondary" type="button" @click=${recheck}>${texts.checkNow}</button>`}
      ${backLink(view.returnUrls.pending, view.merchantName, texts, 'secondary')}
    </div>`;
};
