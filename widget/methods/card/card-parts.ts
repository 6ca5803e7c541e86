/** Parts of the card form: the list of saved cards, the foot with Payme's mark, and the marks of card systems. */
import { html, nothing, svg } from 'lit';
import { type CardSystem, cardSystem, type EnterCard, type PaymentView, type SavedCard } from '#contract';
import type { CardMessages } from '../../messages/card-messages.ts';
import { fill } from '../../messages/format.ts';
import { icon, lock, picture } from '../../parts/page.ts';
import { webUrl } from '../../parts/rows.ts';

type Brands = PaymentView['brands'];

interface SavedCards {
  brands: Brands;
  cards: readonly SavedCard[];
  /** Id of the chosen card; '' for another card. */
  chosen: string;
  texts: CardMessages;
  disabled: boolean;
  /** The buttons that remove cards are shown. */
  managing: boolean;
  onManage(): void;
  /** Id of the card whose removal has to be confirmed; '' for none. */
  removing: string;
  onChoose(id: string): void;
  /** Asks whether the card is to be removed; '' closes the question. */
  onAskRemoval(id: string): void;
  onRemove(id: string): void;
}

/**
 * Native radios, the last of them for another card. The question whether to remove a card stands in the row of that card, and takes the
 * room of the last row too, so that the list keeps its height.
 */
export function savedCards(list: SavedCards) {
  const { cards, texts } = list;
  return html`<div class="field">
    <p class="cards-head"><span class="label" id="cards-label">${texts.saved}</span>
      <button class="manage" type="button" aria-expanded=${list.managing} @click=${list.onManage}>${list.managing ? texts.done : texts.manage}</button></p>
    <fieldset class="methods cards" aria-labelledby="cards-label" ?disabled=${list.disabled}>
      ${cards.map((card) => (card.id === list.removing ? removalQuestion(card, list) : row(card, list)))}
      ${list.removing ? nothing : html`<div class="card-row">${choice('', html`${cardMark(null)}<span>${texts.another}</span>`, list)}</div>`}
    </fieldset>
  </div>`;
}

const choice = (id: string, name: unknown, { chosen, onChoose }: SavedCards) => html`<label class="method">
  <input type="radio" name="saved-card" value=${id} .checked=${id === chosen} @change=${() => onChoose(id)} />${name}
</label>`;

const row = (card: SavedCard, list: SavedCards) => html`<div class="card-row">
  ${choice(
    card.id,
    html`${cardMark(cardSystem(card.number), list.brands)}<span class="card-name">
        <span class="unseen">
          ${systemName(card.number)} ${fill(list.texts.ending, { tail: cardTail(card) })}
        </span>
        <bdi dir="ltr" aria-hidden="true">•••• ${cardTail(card)}</bdi>
      </span>`,
    list,
  )}
  ${
    list.managing
      ? html`<button class="remove" type="button" aria-label=${fill(list.texts.remove, { tail: cardTail(card) })} @click=${() => list.onAskRemoval(card.id)}>
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
  </button>`
      : nothing
  }
</div>`;

const removalQuestion = (card: SavedCard, { texts, onAskRemoval, onRemove }: SavedCards) => html`<div class="card-row asked">
  <p>${fill(texts.removeAsk, { tail: cardTail(card) })}</p>
  <div class="answers">
    <button part="secondary" class="secondary yes" type="button" @click=${() => onRemove(card.id)}>${texts.removeYes}</button>
    <button part="secondary" class="secondary" type="button" @click=${() => onAskRemoval('')}>${texts.removeNo}</button>
  </div>
</div>`;

/** The last four digits. */
export const cardTail = ({ number }: SavedCard) => number.slice(-4);

/**
 * Says where the card's details are sent, with Payme's offer, sign and label, which Payme requires of every card form.
 * @param action Null when the card has been entered already.
 */
export function cardFoot(action: EnterCard | null, texts: CardMessages, brands: Brands) {
  const offer = webUrl(action?.offerUrl);
  return html`<div class="card-foot">
    ${action ? html`<p class="note">${icon(lock)}<span>${action.direct ? texts.straight : texts.throughUs}</span></p>` : nothing}
    <div class="payme">
      <p><span class="payme-mark">${picture(brands?.payme)}${sign}</span><span lang="en">Powered by Payme</span></p>
      ${offer ? html`<a class="offer" href=${offer.href} target="_blank" rel="noopener noreferrer">${texts.offer}</a>` : nothing}
    </div>
  </div>`;
}

/** Our own drawing, where the merchant has no file of Payme's logo: its first letter on a tile. */
const sign = html`<svg class="payme-sign" viewBox="0 0 24 24" aria-hidden="true">
  <rect x="1" y="1" width="22" height="22" rx="7" /><path d="M8.5 18V7h4.2a3.6 3.6 0 0 1 0 7.2H8.5" />
</svg>`;

/**
 * The mark of a card system: the merchant's file of it, over our own drawing of its first letter on a card. Any other card has a stripe.
 */
export const cardMark = (system: CardSystem | null, brands?: Brands) =>
  html`<span class="card-mark" aria-hidden="true"><svg data-system=${system ?? nothing} viewBox="0 0 36 24">
    <rect x="1" y="1" width="34" height="22" rx="4" />${system ? letters[system] : stripe}
  </svg>${system ? picture(brands?.[system]) : nothing}</span>`;

/** In the field: the systems that are taken, until the number tells which it is. */
export function cardMarks(number: string, brands: Brands) {
  const system = cardSystem(number);
  return html`<span class="card-marks">${number ? cardMark(system, brands) : html`${cardMark('uzcard', brands)}${cardMark('humo', brands)}`}</span>`;
}

const stripe = svg`<path d="M1 8.5h34M6 17h7"/>`;
const letters: Record<CardSystem, typeof stripe> = {
  uzcard: svg`<path d="M13.5 6.5v6.8a4.5 4.5 0 0 0 9 0V6.5"/>`,
  humo: svg`<path d="M13.5 6.5v11M22.5 6.5v11M13.5 12h9"/>`,
};

const names = { uzcard: 'Uzcard', humo: 'Humo' };

/**
 * The name of the card system, as it writes itself; '' for one we do not know.
 * @param number The card number as far as it is typed, or masked.
 */
export function systemName(number: string): string {
  const system = cardSystem(number);
  return system ? names[system] : '';
}
