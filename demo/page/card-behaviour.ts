/** How the pretend Payme behaves towards cards; what is left out stays. Amounts in tiyin, times in milliseconds of its clock. */
export interface CardBehaviour {
  /** By card number, the call at which it fails; null: it is good. */
  failAt?: Record<string, string | null>;
  /** By call, the error that it is refused with. */
  refuse?: Record<string, number | null>;
  pay?: 'instant' | 'stepwise' | 'late';
  stepMs?: number;
  /** From the cancel to the money back. */
  cancelMs?: number;
  /** A confirmed card has another token. */
  rotateToken?: boolean;
  /** What is on a card, by its number. */
  balances?: Record<string, number>;
}
