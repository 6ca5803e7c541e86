/** The entry screen before it is known: the same boxes at the same places, so that nothing jumps when the payment comes. */
import { html } from 'lit';
import type { FirstMessages } from '../messages/messages.ts';

export const skeleton = (
  texts: FirstMessages,
) => html`<div class="header"><span class="mark bone"></span><p class="who bone"><br /><span class="order"><br /></span></p></div>
  <p class="amount"><span class="bone"><br /></span></p>
  <div class="panel">
    <div class="field"><span class="label"><br /></span><span class="input bone"></span><p class="note"></p></div>
    <span class="submit bone"></span>
  </div>
  <p class="unseen">${texts.titles.loading}</p>`;
