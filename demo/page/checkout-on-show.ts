/**
 * The checkout that is shown, as far as a scenario drives it. The QA page implements it by its stage; tests without a browser
 * have an implementation of their own.
 */
import type { PaymentView } from '#contract';

export interface CheckoutOnShow {
  /** The newest view of the payment; null until it was opened. */
  readonly view: PaymentView | null;
  /** The client secret; '' while there is none. */
  readonly clientSecret: string;
  /** Resolves when the payment is drawn or could not be opened. */
  ready(): Promise<void>;
  /** Reads the payment again. */
  refresh(): Promise<void>;
  /** Types a code, or the number of a transfer. @returns False where there is nothing to type into. */
  fill(text: string): boolean;
  /** Submits what was entered; resolves with any answer, a decline included. */
  submit(): Promise<void>;
  /** Selects a wallet; resolves when the wallet form is shown. */
  toWallets(walletType: string): Promise<void>;
  /** Adds a picture of the transfer. */
  addPicture(): Promise<void>;
  /** “I haven’t paid: choose another way.” */
  leaveTransfer(): Promise<void>;
  /** Submits the card form as soon as it is complete. */
  submitCard(): Promise<void>;
}
