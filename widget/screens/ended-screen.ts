/** Over without being paid as asked: says what became of the money, and the way out. */

import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentView } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Messages } from '../messages/messages.ts';
import { backLink } from '../parts/back-link.ts';
import { alert } from '../parts/icons/alert.ts';
import { clock } from '../parts/icons/clock.ts';
import { icon } from '../parts/icons.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';
import { check } from '../parts/status-icons.ts';
import type { ScreenContext } from './screen-context.ts';
import { transferRows } from './transfer-rows.ts';

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
