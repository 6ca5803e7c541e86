/** Another SMS: a countdown until it may be asked for, a button from then on, and the truth where there will be none. */
import { html } from 'lit';
import type { CardMessages } from '../../messages/card/card-messages.ts';

interface AnotherCode {
  texts: CardMessages;
  /** No more are sent. */
  never: boolean;
  disabled: boolean;
  busy: boolean;
  /** Milliseconds until one may be asked for. */
  untilResend(): number;
  onResend(): void;
}

export function anotherCode({ texts, never, disabled, busy, untilResend, onResend }: AnotherCode) {
  if (never) return html`<p class="countdown">${texts.noMore}</p>`;
  return untilResend() > 0
    ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" @say=${keepQuiet} .left=${untilResend} .text=${texts.resendIn}></pay-countdown>`
    : html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${onResend}>${texts.resend}</button>`;
}

/** What has to be done now comes first; the room says when the wait is over. */
const keepQuiet = (event: Event) => event.stopPropagation();
