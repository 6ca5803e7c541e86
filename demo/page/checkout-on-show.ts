/**
 * The checkout that is on show, and the customer before it: what it takes to bring a payment where a tester wants it. On the QA page it is the
 * stage; who has no browser may bring one of their own.
 */
import type { PaymentView } from '#contract';

export interface CheckoutOnShow {
  /** The newest truth about the payment; null until it is open. */
  readonly view: PaymentView | null;
  /** What opens the payment; '' while there is none. */
  readonly clientSecret: string;
  /** Settles when the payment is drawn or cannot be opened. */
  ready(): Promise<void>;
  /** Reads the payment again. */
  refresh(): Promise<void>;
  /** Types a code, or the number of a transfer. @returns False where there is nothing to type into. */
  fill(text: string): boolean;
  /** Sends what was entered; settles when it is answered, by a refusal too. */
  submit(): Promise<void>;
  /** Picks a wallet; settles when the wallets are shown. */
  toWallets(walletType: string): Promise<void>;
  /** Adds a picture of the transfer. */
  addPicture(): Promise<void>;
  /** “I haven’t paid: choose another way.” */
  leaveTransfer(): Promise<void>;
  /** Clicks, as soon as what the card form asks for is there. */
  submitCard(): Promise<void>;
}
