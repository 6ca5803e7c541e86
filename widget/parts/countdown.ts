/** Minutes and seconds until a new try. Silent, or it would talk all the time; who needs to hear of its end is told once. */
import { html } from 'lit';
import { fill } from '../messages/fill.ts';
import type { Messages } from '../messages/messages.ts';

export const countdown = (
  seconds: number,
  texts: Messages,
) => html`<p part="countdown" class="countdown" role="timer" aria-live="off">
  ${fill(texts.retryIn, { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` })}
</p>`;
