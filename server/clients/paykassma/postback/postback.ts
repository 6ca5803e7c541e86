/** A postback of Paykassma as we read it: what the signature covers, kept apart from what anybody could have changed. */
import type { ReadAmount } from '../minor-units.ts';

/** What is told of one transaction's money; null = not told. */
export interface Facts {
  amount: ReadAmount | null;
  /** ISO 4217. */
  currency: string | null;
  walletType: string | null;
  /** The customer's id. */
  label: string | null;
}

export interface PostbackTransaction {
  /** The service's id of the transfer: the wallet's own number, or A-Pay's order. Signed. */
  transactionId: string | null;
  /** Ours, of the attempt. Signed. */
  customTransactionId: string | null;
  /**
   * `credited`: in the flat and the legacy shape a postback of a deposit means just that, which is inferred; in A-Pay's the
   * status says so. A payout, or a word that we do not know, is `unknown`.
   */
  outcome: 'credited' | 'refused' | 'unknown';
  signed: Facts;
  /** To be compared, never to be believed. */
  unsigned: Facts;
}

export interface Postback {
  shape: 'flat' | 'legacy' | 'apay';
  /** `ingoing` is a deposit. Not signed in the flat shape, except that a signed withdrawal is never `ingoing`. */
  direction: 'ingoing' | 'outgoing' | null;
  transactions: readonly PostbackTransaction[];
}
