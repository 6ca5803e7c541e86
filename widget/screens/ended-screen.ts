/** Over without being paid as asked: says what became of the money, and the way out. */
import { html, nothing } from 'lit';
import { fill } from '../messages/fill.ts';
import type { Messages } from '../messages/messages.ts';
import { backLink } from '../parts/back-link.ts';
import { details } from '../parts/details.ts';
import type { IconName } from '../parts/icon.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import type { ScreenContext, ScreenName } from './screen.ts';

interface Ending {
  sign: IconName;
  title(texts: Messages): string;
  text(texts: Messages): string;
  /** The customer may have paid although we know of nothing: asked calmly, before they start again. */
  doubtful?: boolean;
}

export const endings = {
  expired: { sign: 'clock', title: (texts) => texts.expiredTitle, text: (texts) => texts.expiredText, doubtful: true },
  canceled: { sign: 'cross', title: (texts) => texts.canceledTitle, text: (texts) => texts.canceledText, doubtful: true },
  underpaid: { sign: 'alert', title: (texts) => texts.underpaidTitle, text: (texts) => texts.underpaidText },
  refunding: { sign: 'back', title: (texts) => texts.refundingTitle, text: (texts) => texts.refundingText },
  refunded: { sign: 'back', title: (texts) => texts.refundedTitle, text: (texts) => texts.refundedText },
  unavailable: { sign: 'alert', title: (texts) => texts.unavailableTitle, text: (texts) => texts.problems.method_unavailable },
} as const satisfies Partial<Record<ScreenName, Ending>>;

export const endedScreen = ({ view, language }: ScreenContext, name: keyof typeof endings) => {
  const { texts } = language;
  const ending: Ending = endings[name];
  const money = (minor: number) => language.money(minor, view.currency);
  const text = fill(ending.text(texts), { paid: money(view.amountPaid), amount: money(view.due) });
  // "Nothing was charged" only where nothing arrived.
  const underpaid = ending.doubtful && view.amountPaid > 0;
  return html`${status({
    sign: ending.sign,
    tone: 'calm',
    title: ending.title(texts),
    text: underpaid ? fill(texts.underpaidText, { paid: money(view.amountPaid), amount: money(view.due) }) : text,
  })}
    ${ending.doubtful ? html`<p class="warning">${texts.alreadyPaid}</p>` : nothing}
    ${details('details', [referenceRow(view.reference, texts)])}
    <div class="actions">${backLink(view.returnUrls.fail, view.merchantName, texts)}</div>`;
};
