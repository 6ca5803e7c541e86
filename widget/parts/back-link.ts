/** The way back to the shop: a link, so that the customer sees where it leads. Nothing where the merchant gave no address. */
import { html, nothing } from 'lit';
import { fill } from '../messages/fill.ts';
import type { Messages } from '../messages/messages.ts';

export const backLink = (url: string | undefined, merchant: string, texts: Messages, part: 'submit' | 'secondary' = 'submit') =>
  // `_top`: in the plugin window the shop is the page around the frame.
  url && /^https?:/i.test(url)
    ? html`<a part=${part} class=${part} href=${url} target="_top" rel="noreferrer">${fill(texts.back, { merchant })}</a>`
    : nothing;
