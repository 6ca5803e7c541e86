/** What is typed of a card so far, and what was chosen. It goes with the step it was typed for, and is never stored. */
export class CardDraft {
  /** Digits only. */
  number = '';
  /** As shown: `03/99`. */
  expire = '';
  phone = '';
  save = false;
  /** A saved card, by its id; '' for another one. Null: the first there is. */
  saved: string | null = null;
  /** The code of the SMS, digits only. */
  code = '';
}
