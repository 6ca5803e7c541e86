/**
 * The wallets that a customer can pay with. Source: paykassma.md §6. Names, currencies, languages and requisites are
 * confirmed by Paykassma's pages; what is not is marked where it stands.
 *
 * `baciban_ml` and `brou_ml` are known by name only, and are missing until somebody knows how they are paid.
 */

/** No rule is known; 190 is the most that Paykassma takes of any text. */
const unknown: TransactionNumber = { maxLength: 190, inputMode: 'text' };

const identifier = { identifier: 'wallet_number' } as const;

/** Confirmed for nagad and bkash: what the app calls paying to each kind of account. */
const accountTypeHints = { agent: 'cash_out', personal: 'send_money', merchant: 'make_payment' } as const;

const activated = (wallet: Omit<Wallet, 'family' | 'screenshot'>): Wallet => ({
  ...wallet,
  family: 'activate',
  screenshot: false,
});

const manual = (wallet: Omit<Wallet, 'family' | 'screenshot'>): Wallet => ({ ...wallet, family: 'manual', screenshot: true });

const upi = (ending: string): Wallet =>
  activated({
    walletType: `upi_${ending}`,
    name: 'UPI',
    currency: 'INR',
    languages: ['en', 'hi'],
    number: { pattern: '[0-9]{12}', maxLength: 12, inputMode: 'numeric' },
    captions: { identifier: 'upi_id' },
  });

const list: readonly Wallet[] = [
  activated({
    walletType: 'wavepay',
    name: 'Wave Pay',
    currency: 'MMK',
    languages: ['en', 'my'],
    // At most 11 and a sample of ten digits are confirmed, the rule itself is lost: so letters may be typed too.
    number: { pattern: '[0-9A-Za-z]{1,11}', maxLength: 11, inputMode: 'text' },
    captions: identifier,
  }),
  activated({
    walletType: 'nagad',
    name: 'Nagad',
    currency: 'BDT',
    languages: ['en', 'bn'],
    number: unknown, // 10 characters, at second hand
    accountTypeHints,
    captions: identifier,
  }),
  activated({
    walletType: 'bkash',
    name: 'bKash',
    currency: 'BDT',
    languages: ['en', 'bn'],
    number: unknown, // 10 letters and digits, inferred
    accountTypeHints,
    captions: identifier,
  }),
  activated({
    walletType: 'easypaisa',
    name: 'Easypaisa',
    currency: 'PKR',
    languages: ['en', 'ur'],
    number: { pattern: '[0-9]{11}', maxLength: 11, inputMode: 'numeric' },
    captions: identifier,
  }),
  activated({
    walletType: 'jazzcash_business',
    name: 'JazzCash Business',
    currency: 'PKR',
    languages: ['en', 'ur'],
    number: unknown, // its sister wallet takes digits only
    captions: identifier,
  }),
  ...['l', 'ib', 'hb', 'in', 'w', 'm'].map(upi),
  activated({
    walletType: 'sinpemovil',
    name: 'SINPE Móvil',
    currency: 'CRC',
    languages: ['en', 'es'], // as another wallet of its country: inferred
    number: unknown,
    captions: identifier,
  }),
  manual({
    walletType: 'kbzpay_manual',
    name: 'KBZPay',
    currency: 'MMK',
    languages: ['en', 'my'],
    number: unknown,
    captions: { 'kbzpay number': 'wallet_number' },
  }),
  manual({
    walletType: 'khalti_ml',
    name: 'Khalti',
    currency: 'NPR',
    languages: ['en', 'ne'],
    number: { pattern: '[0-9A-Za-z]{20,28}', maxLength: 28, inputMode: 'text' },
    captions: { 'Khalti Number': 'wallet_number' },
  }),
  manual({
    walletType: 'esewa_ml',
    name: 'eSewa',
    currency: 'NPR',
    languages: ['en', 'ne'],
    number: unknown,
    captions: { 'eSewa Number': 'wallet_number' },
  }),
  manual({
    walletType: 'bnb_ml',
    name: 'BNB',
    currency: 'BTN',
    languages: [], // unknown
    number: unknown,
    captions: { 'Wallet number': 'wallet_number', 'Account name': 'account_name' },
  }),
];

export const wallets: ReadonlyMap<string, Wallet> = new Map(list.map((wallet) => [wallet.walletType, wallet]));

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

/**
 * Wallets that are paid on a page of their own, by `payment/create`. Known by name so that a configuration which lists one
 * is told that they are not served here, instead of that there is no such wallet.
 */
export const redirectWalletTypes: ReadonlySet<string> = new Set(['nagad_api', 'bkash_api', 'easypaisa_api', 'upi_s']);

/** The record of a wallet that a configuration or a stored action names. */
/** Throws for a wallet that no record describes: what was checked at the start must not vanish later. */
export function findWallet(walletType: string): Wallet {
  const wallet = wallets.get(walletType);
  if (!wallet) throw new Error('a wallet without a record');
  return wallet;
}
