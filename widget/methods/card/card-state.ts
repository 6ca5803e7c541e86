/** Which of its two steps a card is in, and what the customer sees there: the card, or the code of its SMS. */
import type { EnterCard, EnterCardCode, SavedCard } from '#contract';
import type { RoomContext } from '../method-form.ts';
import { CardDraft } from './card-draft.ts';
import type { CardPlace } from './card-place.ts';

export interface CardStep {
  typed: CardDraft;
  /** Null once the card is typed, and our server knows of it. */
  action: EnterCard | null;
  /** Null while no SMS was asked for. */
  sms: EnterCardCode | null;
  /** The saved card that is chosen. */
  saved: SavedCard | null;
  /** The fields that are there, from the top. */
  shown: readonly CardPlace[];
}

export function cardStep({ action, draft }: RoomContext): CardStep {
  // What was typed for another step leaves the memory.
  if (draft.card?.step !== action.kind) draft.card = Object.assign(new CardDraft(), { step: action.kind });
  const typed = draft.card;
  if (action.kind === 'enter_card_code') return { typed, action: null, sms: action, saved: null, shown: ['code'] };
  if (action.kind !== 'enter_card') return { typed, action: null, sms: null, saved: null, shown: [] };
  const sms = typed.direct?.sms ?? null;
  if (sms) return { typed, action, sms, saved: null, shown: ['code'] };
  const saved = action.saved.find(({ id }) => id === (typed.saved ?? action.saved[0]?.id)) ?? null;
  const phone: CardPlace[] = action.askPhone ? ['phone'] : [];
  return { typed, action, sms, saved, shown: saved ? phone : ['number', 'expire', ...phone] };
}
