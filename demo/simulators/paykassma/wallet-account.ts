/** The merchant's accounts, to which customers transfer: one for each wallet. Keys and samples are those of the documents. */
export interface WalletAccount {
  type: string;
  name: string;
  currency: string;
  /** Whether it is paid by `possible-transaction`, with a screenshot. */
  isManual: boolean;
  /** The answer of `transaction/create`; its first member is the account's identifier. */
  params: Readonly<Record<string, string | boolean | null>>;
  /** The longest `key1`, and the form of the transaction numbers that the app shows. */
  key1: { longest: number; drawn: number; signs: string };
}

const digits = '0123456789';
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const anyLength = (drawn: number, signs = digits) => ({ longest: 190, drawn, signs });

const account = (type: string, name: string, currency: string, own: Pick<WalletAccount, 'params' | 'key1'>): WalletAccount => ({
  type,
  name,
  currency,
  isManual: /_(ml|manual)$/.test(type),
  ...own,
});

export const walletAccounts: readonly WalletAccount[] = [
  account('wavepay', 'Wave Pay', 'MMK', {
    params: { identifier: '324342342' },
    key1: { longest: 11, drawn: 10, signs: digits },
  }),
  account('kbzpay_manual', 'KBZPay', 'MMK', { params: { 'kbzpay number': '12321' }, key1: anyLength(20) }),
  account('nagad', 'Nagad', 'BDT', {
    params: { identifier: '01712345678', account_type: 'personal' },
    key1: anyLength(10, letters + digits),
  }),
  account('bkash', 'bKash', 'BDT', {
    params: { identifier: '01812345678', account_type: 'agent' },
    key1: anyLength(10, letters + digits),
  }),
  account('easypaisa', 'Easypaisa', 'PKR', {
    params: { identifier: '03919394039' },
    key1: { longest: 11, drawn: 11, signs: digits },
  }),
  account('jazzcash_business', 'JazzCash', 'PKR', { params: { identifier: '00123456789' }, key1: anyLength(12) }),
  ...['l', 'ib', 'hb', 'in', 'w', 'm'].map((ending) =>
    account(`upi_${ending}`, 'UPI', 'INR', { params: { identifier: 'test@upi' }, key1: anyLength(12) }),
  ),
  account('sinpemovil', 'SINPE Móvil', 'CRC', { params: { identifier: '81354111', is_check_amount: true }, key1: anyLength(25) }),
  account('khalti_ml', 'Khalti', 'NPR', {
    params: { 'Khalti Number': '9831842321' },
    key1: { longest: 28, drawn: 24, signs: letters + digits },
  }),
  account('esewa_ml', 'eSewa', 'NPR', {
    params: { 'eSewa Number': '9831842321', is_check_amount: null },
    key1: anyLength(10, letters + digits),
  }),
  account('bnb_ml', 'BNB', 'BTN', {
    params: { 'Wallet number': '201234567', 'Account name': 'Tashi Dorji', is_check_amount: null },
    key1: anyLength(12),
  }),
];

/** Ignores case, because Paykassma's pages write `Wavepay` and `wavepay`. */
export const findAccount = (type: string): WalletAccount | undefined =>
  walletAccounts.find((known) => known.type === type.toLowerCase());

export const identifierOf = ({ params }: WalletAccount): string => String(Object.values(params)[0]);
