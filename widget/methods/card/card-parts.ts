/** The cards this customer saved: native radios, “another card” the last of them. Each can be removed, and is asked about once, in its place. */
import { html } from 'lit';
import { cardSystem, type SavedCard } from '#contract';
import type { CardMessages } from '../../messages/card/card-messages.ts';
import { fill } from '../../messages/fill.ts';
import { cardMark } from './card-mark.ts';
import { systemName } from './system-name.ts';

interface SavedCards {
  cards: readonly SavedCard[];
  /** Its id; '' for another card. */
  chosen: string;
  texts: CardMessages;
  disabled: boolean;
  /** The one that is asked about; '' for none. */
  asked: string;
  onChoose(id: string): void;
  /** Asks about it; '' asks no more. */
  onAsk(id: string): void;
  onRemove(id: string): void;
}

export function savedCards(of: SavedCards) {
  const { cards, texts } = of;
  return html`<div class="field">
    <p class="label" id="cards-label">${texts.saved}</p>
    <fieldset class="methods cards" aria-labelledby="cards-label" ?disabled=${of.disabled}>
      ${cards.map((card) => (card.id === of.asked ? question(card, of) : row(card, of)))}
      <div class="card-row">${choice('', html`${cardMark(null)}<span>${texts.another}</span>`, of)}</div>
    </fieldset>
  </div>`;
}

const choice = (id: string, name: unknown, { chosen, onChoose }: SavedCards) => html`<label class="method">
  <input type="radio" name="saved-card" value=${id} .checked=${id === chosen} @change=${() => onChoose(id)} />${name}
</label>`;

const row = (card: SavedCard, of: SavedCards) => html`<div class="card-row">
  ${choice(
    card.id,
    html`${cardMark(cardSystem(card.number))}<span class="card-name">
        <span class="unseen">
          ${systemName(card.number)} ${fill(of.texts.ending, { tail: tail(card) })}
        </span>
        <span aria-hidden="true">···· ${tail(card)}</span>
      </span>`,
    of,
  )}
  <button class="remove" type="button" aria-label=${fill(of.texts.remove, { tail: tail(card) })} @click=${() => of.onAsk(card.id)}>
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
  </button>
</div>`;

const question = (card: SavedCard, { texts, onAsk, onRemove }: SavedCards) => html`<div class="card-row asked">
  <p>${fill(texts.removeAsk, { tail: tail(card) })}</p>
  <span>
    <button part="secondary" class="secondary yes" type="button" @click=${() => onRemove(card.id)}>${texts.removeYes}</button>
    <button part="secondary" class="secondary" type="button" @click=${() => onAsk('')}>${texts.removeNo}</button>
  </span>
</div>`;

const tail = ({ number }: SavedCard) => number.slice(-4);
