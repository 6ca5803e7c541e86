/** What is typed of a card so far, and what was chosen. It goes with the step it was typed for, and is never stored. */
import type { DirectCard } from './direct-card.ts';

export class CardDraft {
  /** The step it belongs to, by the kind of its action. */
  step = '';
  /** Digits only. */
  number = '';
  /** `MMYY`, or as much of it as there is. */
  expire = '';
  /** As typed. */
  phone = '';
  save = false;
  /** A saved card, by its id; '' for another one. Null: the first there is. */
  saved: string | null = null;
  /** The code of the SMS, digits only. */
  code = '';
  /** The card at Payme, where it goes there straight from here. */
  direct: DirectCard | null = null;
}
