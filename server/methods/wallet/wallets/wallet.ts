/** What we know of one wallet. A new wallet is a new record, and no new code. */

export interface Wallet {
  /** Paykassma's name of it. */
  walletType: string;
  /** Its own name, the same in every language. */
  name: string;
  /**
   * `activate`: the number is claimed with `transaction/activate` and answered at once. `manual`: it is handed in with
   * `possible-transaction`, whole units only, and a person looks.
   */
  family: 'activate' | 'manual';
  /** ISO 4217; the only one it takes. */
  currency: string;
  /** Languages that Paykassma's own window has for it, by ISO 639-1. */
  languages: readonly string[];
  number: TransactionNumber;
  /** The kinds of account it may answer, and what the customer has to choose in the app to pay to each. */
  accountTypeHints?: Readonly<Record<string, 'cash_out' | 'send_money' | 'make_payment'>>;
  /** Whether a picture of the payment has to be handed in. */
  screenshot: boolean;
  /** Which requisites have a caption of ours; any other key is a caption already, and is shown as it comes. */
  captions: Readonly<Record<string, 'wallet_number' | 'upi_id' | 'account_name'>>;
}

/** What the number that the app gives its customer looks like. */
export interface TransactionNumber {
  /** A regular expression for the whole of it; only where the rule is confirmed, for a wrong one locks customers out. */
  pattern?: string;
  maxLength: number;
  inputMode: 'numeric' | 'text';
}
