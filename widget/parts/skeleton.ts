/** The entry screen before it is known: the same boxes at the same places, so that nothing jumps when the payment comes. */
import { html } from 'lit';
import type { Messages } from '../messages/messages.ts';

export const skeleton = (texts: Messages) => html`<div class="header" aria-hidden="true">
    <span class="mark bone"></span><p class="who"><span class="bone"></span><span class="bone order"></span></p>
  </div>
  <p class="amount" aria-hidden="true"><span class="bone"></span></p>
  <div class="panel" aria-hidden="true">
    <div class="field"><span class="label bone"></span><span class="input bone"></span><p class="note"><span class="bone"></span></p></div>
    <span class="submit bone"></span>
  </div>
  <p class="unseen">${texts.loading}</p>`;
