/**
 * The wallets that a customer can pay with. Source: paykassma.md §6. Names, currencies, languages and requisites are
 * confirmed by Paykassma's pages; what is not is marked where it stands.
 *
 * `baciban_ml` and `brou_ml` are known by name only, and are missing until somebody knows how they are paid.
 */
import type { TransactionNumber, Wallet } from './wallets/wallet.ts';

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
