/** What was entered of a card so far. It is dropped together with the step it was entered for, and is never stored. */
import type { DirectCard } from './direct-card.ts';

export class CardDraft {
  /** The kind of the action it was entered for. */
  step = '';
  /** Digits only. */
  number = '';
  /** `MMYY`, or as much of it as there is. */
  expire = '';
  /** As typed. */
  phone = '';
  save = false;
  /** The id of the chosen saved card; '' for another card. Null: the first saved card. */
  saved: string | null = null;
  /** The code of the SMS, digits only. */
  code = '';
  /** The card at Payme, where the browser sends it there directly. */
  direct: DirectCard | null = null;
}
