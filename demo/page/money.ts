/** The currencies of the demo merchant, the value of its seeded codes in each, and amounts as people type them. */
import { minorUnitDigits } from '#contract';

export interface SeededCode {
  code: string;
  /** The result that the customer sees, in a few words. */
  brings: string;
}

/** Codes with the same deduction; each works once. */
export interface Discount {
  codes: string[];
  brings: string;
}

export interface Market {
  /** ISO 4217. */
  currency: string;
  /** Prices to offer, major units: first the value of the good codes, then others, and what a discount brings down to that. */
  prices: [string, ...string[]];
  /** Each pays once; empty where only wallets are sold. */
  good: string[];
  tricky: SeededCode[];
  /** Codes that lower what is due. */
  discounts: Discount[];
}

const codes = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => name + String(index + 1).padStart(4, '0'));
const unknownCode: SeededCode = { code: 'NOPE2345', brings: 'no such code' };

const walletMarkets = (
  [
    ['BDT', '500'],
    ['PKR', '1200'],
    ['INR', '400'],
    ['NPR', '600'],
    ['BTN', '400'],
    ['CRC', '2500'],
  ] as const
).map(([currency, price]): Market => ({ currency, prices: [price], good: [], tricky: [], discounts: [] }));

/** The same three in every currency but PLN. */
const discounts = (letters: string, sum: string): Discount[] => [
  { codes: codes(`${letters}P`, 5), brings: '10 % off' },
  { codes: codes(`${letters}A`, 5), brings: `${sum} off` },
  { codes: codes(`${letters}F`, 5), brings: 'the whole amount off' },
];

export const markets: [Market, ...Market[]] = [
  {
    currency: 'PLN',
    prices: ['25.00', '12.50', '50.00', '30.00'],
    good: codes('GOOD', 20),
    tricky: [
      { code: 'USED0001', brings: 'already used' },
      { code: 'OLD00001', brings: 'expired' },
      { code: 'SOON0001', brings: 'valid from tomorrow' },
      { code: 'OFF00001', brings: 'switched off' },
      { code: 'LOW00001', brings: 'worth 12.50' },
      { code: 'HIGH0001', brings: 'worth 50.00' },
      { code: 'SLOW0001', brings: 'paid, after 8 seconds' },
      { code: 'LOST0001', brings: 'paid, but the answer is lost' },
      { code: 'FAIL0001', brings: 'PayCodes fails' },
      { code: 'RACE0001', brings: 'used meanwhile by somebody else' },
      { code: 'MMKG0005', brings: 'good, but for MMK' },
      unknownCode,
    ],
    discounts: [
      { codes: ['DISC5PLN', ...codes('FIVE', 5)], brings: '5.00 off' },
      { codes: ['DISC10PC', ...codes('DISC', 10)], brings: '10 % off' },
      { codes: ['DISCFULL', ...codes('FULL', 5)], brings: 'the whole amount off' },
      { codes: ['DISCUSED'], brings: '10 % off, used before' },
      { codes: ['DISCRACE'], brings: '10 % off, used meanwhile by somebody else' },
      { codes: ['DISCLOST'], brings: '10 % off, but the answer is lost' },
    ],
  },
  {
    currency: 'MMK',
    prices: ['6000'],
    good: codes('MMKG', 5),
    tricky: [{ code: 'GOOD0020', brings: 'good, but for PLN' }, unknownCode],
    discounts: discounts('MMK', '1,000'),
  },
  {
    currency: 'UZS',
    prices: ['5000'],
    good: codes('UZSG', 5),
    tricky: [{ code: 'GOOD0020', brings: 'good, but for PLN' }, unknownCode],
    discounts: discounts('UZS', '1,000'),
  },
  ...walletMarkets,
];

/** The market of this currency; the first where there is none. */
export const marketOf = (currency: string): Market => markets.find((market) => market.currency === currency) ?? markets[0];

/** An amount in major units, with a decimal point and no grouping: 2500 of PLN is `25.00`. */
export function majorUnits(minor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Reads a typed amount as minor units, by its decimal text, because 4.35 × 100 is 434.99…
 * @returns Null where it is not a positive amount, or has more decimals than the currency.
 */
export function parseAmount(typed: string, currency: string): number | null {
  const digits = minorUnitDigits(currency);
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.replace(/[\s_]/g, ''));
  const [, whole = '', fraction = ''] = match ?? [];
  if (!match || fraction.length > digits) return null;
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return amount > 0 && Number.isSafeInteger(amount) ? amount : null;
}
