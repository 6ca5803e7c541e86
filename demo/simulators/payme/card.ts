/** A card as this Payme knows it for one cashbox. The full number stays in here: what leaves is masked. */
export interface Card {
  number: string;
  /** MMYY. */
  expire: string;
  /** All that lead to it, oldest first; the last is the one that is answered. */
  tokens: string[];
  /** Whether it can be paid with more than once: what `save` said. */
  recurrent: boolean;
  verified: boolean;
  /** By `cards.remove`. */
  removed: boolean;
  /** By the one payment it was good for; a payment that comes to nothing gives it back. */
  spent: boolean;
  /** The SMS code that is out, if any. */
  code: { sentAt: number; wrongTries: number } | null;
}

export const maskNumber = (number: string): string => `${number.slice(0, 6)}******${number.slice(-4)}`;

/** The part of a token that may be told: it opens nothing. */
export const tokenId = (token: string): string => token.slice(0, 24);
