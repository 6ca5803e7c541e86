/** The SMS pays by itself: so long it is waited for here, what is true after that, and what leaving does. */
import { html, nothing } from 'lit';
import { errorNote } from '../../parts/error-note.ts';
import type { SmsRoom } from './sms-room.ts';

export function awaitSms(of: SmsRoom & { onSent(): void }) {
  const { action, texts, whole, error, long, busy, disabled, now } = of;
  const left = () => Date.parse(action.until) - now();
  return html`<div class="waiting">
      <p class="waits"><span class="spinner"></span><span>${busy ? texts.looking : texts.waiting}</span></p>
      ${
        long
          ? html`<p class="text">${texts.long}</p>`
          : html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" @say=${keepQuiet} .left=${left} .text=${whole.transfer.timeLeft}></pay-countdown>`
      }
    </div>
    ${error ? errorNote(error) : nothing}
    <button part="secondary" class="secondary sent" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${of.onSent}>${texts.sent}</button>
    <div class="leave">
      <p class="text">${texts.leave}</p>
      <button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${of.onLeave}>${texts.other}</button>
    </div>`;
}

/** What has to be done comes first; the room says when it takes longer. */
const keepQuiet = (event: Event) => event.stopPropagation();
