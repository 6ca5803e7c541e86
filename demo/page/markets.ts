/** The currencies that the demo merchant sells in, by pay code or wallet: what its seeded codes are worth there, and what each brings about. */

export interface SeededCode {
  code: string;
  /** What a customer then sees, in a few words. */
  brings: string;
}

export interface Market {
  /** ISO 4217. */
  currency: string;
  /** What codes are worth here, major units; the good ones' price comes first. */
  prices: [string, ...string[]];
  /** Each pays once; none where only wallets are sold. */
  good: string[];
  tricky: SeededCode[];
}

const codes = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => name + String(index + 1).padStart(4, '0'));
const nowhere: SeededCode = { code: 'NOPE2345', brings: 'no such code' };

const walletMarkets = (
  [
    ['BDT', '500'],
    ['PKR', '1200'],
    ['INR', '400'],
    ['NPR', '600'],
    ['BTN', '400'],
    ['CRC', '2500'],
  ] as const
).map(([currency, price]): Market => ({ currency, prices: [price], good: [], tricky: [] }));

export const markets: [Market, ...Market[]] = [
  {
    currency: 'PLN',
    prices: ['25.00', '12.50', '50.00'],
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
      { code: 'RACE0001', brings: 'taken at the last moment' },
      { code: 'MMKG0005', brings: 'good, but for MMK' },
      nowhere,
    ],
  },
  {
    currency: 'MMK',
    prices: ['6000'],
    good: codes('MMKG', 5),
    tricky: [{ code: 'GOOD0020', brings: 'good, but for PLN' }, nowhere],
  },
  {
    currency: 'UZS',
    prices: ['5000'],
    good: codes('UZSG', 5),
    tricky: [{ code: 'GOOD0020', brings: 'good, but for PLN' }, nowhere],
  },
  ...walletMarkets,
];

/** The one of this currency; the first where it is sold in no such. */
export const marketOf = (currency: string): Market => markets.find((market) => market.currency === currency) ?? markets[0];
