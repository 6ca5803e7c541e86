/**
 * The wallets that a customer can pay with. Names, currencies, languages and requisites are confirmed by Paykassma's pages; what
 * is not is marked where it stands. `baciban_ml` and `brou_ml` are missing, because we know their names but not how they are
 * paid.
 */

import type { LanguageCode } from '#contract';

/** What we know of one wallet. To add a wallet, add a record; no code changes. */
export interface Wallet {
  /** Paykassma's name of the wallet. */
  walletType: string;
  /** The wallet's own name, the same in every language. */
  name: string;
  /**
   * `activate`: the number is sent with `transaction/activate` and answered at once. `manual`: it is sent with
   * `possible-transaction`, which takes whole units only, and a person at Paykassma looks at it.
   */
  family: 'activate' | 'manual';
  /** ISO 4217. A wallet takes one currency. */
  currency: string;
  /** The languages in which Paykassma's own window describes this wallet. The checkout offers them to the customer. */
  languages: readonly LanguageCode[];
  number: TransactionNumber;
  /** What the customer has to choose in the app, by the kind of account that Paykassma answers with. */
  accountTypeHints?: Readonly<Record<string, 'cash_out' | 'send_money' | 'make_payment'>>;
  /** Whether a picture of the payment must be sent with the number. */
  screenshot: boolean;
  /** The requisites that have a translated caption. Any other key is shown as the caption. */
  captions: Readonly<Record<string, 'wallet_number' | 'upi_id' | 'account_name'>>;
}

/** The form of the transaction number that the app shows to its customer. */
interface TransactionNumber {
  /**
   * A regular expression for the whole number. It is set only where the rule is confirmed, because a wrong one locks customers
   * out.
   */
  pattern?: string;
  maxLength: number;
  inputMode: 'numeric' | 'text';
  /** Small and capital letters are different. Without it a number typed in small letters is the same number. */
  mixedCase?: true;
}

/** The rule is not known. Paykassma accepts at most 190 characters of any text. */
const unknown: TransactionNumber = { maxLength: 190, inputMode: 'text' };

const identifier = { identifier: 'wallet_number' } as const;

/** What the apps of Nagad and bKash call a payment to each kind of account. Confirmed for both. */
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
    // A limit of 11 characters and a sample of ten digits are confirmed. The rule itself is not, so letters are allowed too.
    number: { pattern: '[0-9A-Za-z]{1,11}', maxLength: 11, inputMode: 'text' },
    captions: identifier,
  }),
  activated({
    walletType: 'nagad',
    name: 'Nagad',
    currency: 'BDT',
    languages: ['en', 'bn'],
    number: unknown, // 10 characters, from a second-hand source
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
    number: unknown, // a related wallet takes digits only
    captions: identifier,
  }),
  ...['l', 'ib', 'hb', 'in', 'w', 'm'].map(upi),
  activated({
    walletType: 'sinpemovil',
    name: 'SINPE Móvil',
    currency: 'CRC',
    languages: ['en', 'es'], // inferred from another wallet of Costa Rica
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
    number: { pattern: '[0-9A-Za-z]{20,28}', maxLength: 28, inputMode: 'text', mixedCase: true },
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

/** By `walletType`. */
export const wallets: ReadonlyMap<string, Wallet> = new Map(list.map((wallet) => [wallet.walletType, wallet]));

/**
 * @throws {Error} for a wallet without a record. The configuration and stored actions name only wallets that had one, so this is
 * a bug.
 */
export function findWallet(walletType: string): Wallet {
  const wallet = wallets.get(walletType);
  if (!wallet) throw new Error('a wallet without a record');
  return wallet;
}

/**
 * Wallets that are paid on a page of their own, by `payment/create`. They are known by name, so that a configuration that lists
 * one is refused as not supported and not as misspelled.
 */
export const redirectWalletTypes: ReadonlySet<string> = new Set(['nagad_api', 'bkash_api', 'easypaisa_api', 'upi_s']);
