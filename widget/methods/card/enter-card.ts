/** A card: its number and its expiry, or one that was saved. Payme takes neither a CVC nor a name. No field has a name, the form no action. */
import { html, nothing } from 'lit';
import { cardSystem, type EnterCard, passesLuhn } from '#contract';
import { fill } from '../../messages/fill.ts';
import { field } from '../../parts/form.ts';
import { cardMark } from './card-mark.ts';
import { savedCards } from './card-parts.ts';
import type { CardPlace } from './card-place.ts';
import type { CardStep } from './card-state.ts';
import type { CardRoom } from './card-view.ts';
import { systemName } from './system-name.ts';

export function enterCard(of: CardRoom & CardStep & { action: EnterCard }) {
  const { action, texts, typed, saved, errors, view, busy, disabled } = of;
  const { number, save } = typed;
  const at = (place: CardPlace) => ({
    id: `card-${place}`,
    label: texts[place],
    value: of.shownIn(place),
    error: errors[place] ?? '',
    invalid: !!errors[place],
    disabled,
    readonly: busy,
    inputMode: 'numeric',
    onInput: (event: InputEvent) => of.onType(place, event),
  });
  return html`${action.saved.length ? savedCards({ ...of, cards: action.saved, chosen: saved?.id ?? '' }) : nothing}
  ${
    saved
      ? nothing
      : html`<div class="card-fields">
          ${field({
            ...at('number'),
            hint: number.length > 15 && !passesLuhn(number) ? texts.numberDoubt : systemName(number) || texts.numberHint,
            autocomplete: 'cc-number',
            mark: cardMark(cardSystem(number)),
          })}
          ${field({ ...at('expire'), hint: texts.expireHint, autocomplete: 'cc-exp' })}
        </div>`
  }
  ${action.askPhone ? field({ ...at('phone'), hint: texts.phoneHint, inputMode: 'tel', autocomplete: 'tel' }) : nothing}
  ${
    action.canSave && !saved
      ? html`<div class="save-card">
          <label><input
            type="checkbox"
            .checked=${save}
            ?disabled=${disabled}
            aria-describedby="save-note"
            @change=${(event: Event) => of.onSave((event.target as HTMLInputElement).checked)}
          />${texts.save}</label>
          <p class="note" id="save-note">${fill(texts.saveHint, { merchant: view.merchantName })}</p>
        </div>`
      : nothing
  }`;
}
