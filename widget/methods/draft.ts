/** What is typed so far, in whatever room. It outlives its screen, so a refusal finds it again; it is never stored. */
import type { CardDraft } from './card/card-draft.ts';

export class Draft {
  /** The pay code, normalised: no separators. */
  code = '';
  /** The pay code that was sent last. */
  sent = '';
  /** The pay code that is to be used although the rest of what it is worth is lost. */
  excess = '';
  /** The wallet chosen, by its type. */
  wallet = '';
  /** The transaction number, as typed. */
  number = '';
  /** A picture of the transfer. */
  picture: File | null = null;
  /** A card and the code of its SMS; the room of cards makes it and takes it away. */
  card: CardDraft | null = null;
  /** The customer knows that a transfer may still be found, and pays another way. */
  acknowledged = false;
  /** The payment it was typed for; no other may find it. */
  paymentId = '';

  /** Forgets all of it, for that payment to come. */
  clear(paymentId = this.paymentId): void {
    Object.assign(this, new Draft(), { paymentId });
  }
}
