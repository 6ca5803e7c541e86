/** The way back to the shop: a link, with the name of the host it leads to. Nothing where the merchant gave no address of the web. */
import { html, nothing } from 'lit';
import { fill } from '../messages/fill.ts';
import type { Messages } from '../messages/messages.ts';

export function backLink(url: string | undefined, merchant: string, texts: Messages, part: 'submit' | 'secondary' = 'submit') {
  const to = url && URL.canParse(url) ? new URL(url) : null;
  if (!to || !/^https?:$/.test(to.protocol)) return nothing;
  // `_top`: in the plugin window the shop is the page around the frame.
  return html`<div class="back">
    <a part=${part} class=${part} href=${to.href} target="_top" rel="noopener noreferrer" aria-describedby="back-to">${fill(texts.back, { merchant })}</a>
    <p id="back-to" class="host" dir="ltr">${to.host}</p>
  </div>`;
}
