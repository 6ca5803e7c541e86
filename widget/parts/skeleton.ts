/** The entry screen before it is known: the same boxes at the same places, so that nothing jumps when the payment comes. */
import { html } from 'lit';
import type { Messages } from '../messages/messages.ts';

export const skeleton = (texts: Messages) => html`<div class="skeleton" aria-hidden="true">
    <div class="header"><span class="mark bone"></span><p class="who"><span class="bone wide"></span><span class="bone"></span></p></div>
    <p class="amount"><span class="bone"></span></p>
    <div class="panel">
      <div class="field"><span class="label"><span class="bone"></span></span><span class="input bone"></span><p class="note"><span class="bone wide"></span></p></div>
      <span class="submit bone"></span>
    </div>
  </div>
  <p class="unseen">${texts.loading}</p>`;
