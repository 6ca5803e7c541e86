/** A transfer that may still be found, or money on its way to an earlier payment, pays by itself: whoever wants to pay again should know first. */
import { html, nothing } from 'lit';
import { fill } from '../../messages/fill.ts';
import type { TransferMessages } from '../../messages/transfer/transfer-messages.ts';
import { clock } from '../../parts/icons/clock.ts';
import { icon } from '../../parts/icons.ts';
import { status } from '../../parts/status.ts';
import { submitButton } from '../../parts/submit-button.ts';
import type { RoomContext } from '../method-form.ts';

export function confirmSecond(
  { view, busy, disabled, buttonless }: RoomContext,
  texts: TransferMessages,
  onAcknowledge: () => void,
) {
  const wallet = view.attempt?.transfer?.walletName;
  const { nextAction } = view;
  const earlier = nextAction.kind === 'confirm' && nextAction.what === 'earlier_payment';
  const [title, text, go] = earlier
    ? [texts.earlierTitle, texts.earlierText, texts.earlierGo]
    : [texts.confirmTitle, texts.confirmText, texts.confirmGo];
  return html`${status(icon(clock), 'calm', title, text)}
    ${
      wallet && !buttonless
        ? submitButton({ label: fill(texts.confirmBack, { wallet }), busyLabel: texts.asking, busy, disabled })
        : nothing
    }
    <button part="secondary" class="secondary" type="button" ?disabled=${disabled || busy} @click=${onAcknowledge}>${go}</button>`;
}
