/** Minutes and seconds until a new try. Silent, or it would talk all the time; who needs to hear of it is told apart. */
import { html } from 'lit';
import { fill } from '../messages/fill.ts';
import type { FirstMessages } from '../messages/messages.ts';

export const countdown = (
  seconds: number,
  texts: FirstMessages,
) => html`<p part="countdown" class="countdown" role="timer" aria-live="off">
  ${waitText(seconds, texts)}
</p>`;

/** `Try again in 0:45`. */
export const waitText = (seconds: number, texts: FirstMessages): string =>
  fill(texts.retryIn, { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
