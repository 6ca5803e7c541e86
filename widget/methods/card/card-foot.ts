/** Where the card's details go, true for the way they take, with Payme's offer, sign and label: what Payme asks of every form for cards. */
import { html, nothing } from 'lit';
import type { EnterCard } from '#contract';
import type { CardMessages } from '../../messages/card/card-messages.ts';
import { lock } from '../../parts/icons/lock.ts';
import { icon } from '../../parts/icons.ts';

/** `action` null: the card is typed already. */
export function cardFoot(action: EnterCard | null, texts: CardMessages) {
  const offer = action?.offerUrl && URL.canParse(action.offerUrl) ? new URL(action.offerUrl) : null;
  return html`<div class="card-foot">
    ${action ? html`<p class="note">${icon(lock)}<span>${action.direct ? texts.straight : texts.throughUs}</span></p>` : nothing}
    <div class="payme">
      <p>${sign}<span lang="en">Powered by Payme</span></p>
      ${
        offer && /^https?:$/.test(offer.protocol)
          ? html`<a class="offer" href=${offer.href} target="_blank" rel="noopener noreferrer">${texts.offer}</a>`
          : nothing
      }
    </div>
  </div>`;
}

/** Drawn by us: its first letter on a tile. */
const sign = html`<svg class="payme-sign" viewBox="0 0 24 24" aria-hidden="true">
  <rect x="1" y="1" width="22" height="22" rx="7" /><path d="M8.5 18V7h4.2a3.6 3.6 0 0 1 0 7.2H8.5" />
</svg>`;
