/** The simulator's rules in PLN, one or more of each kind, as a merchant's file names them. */
import type { PayCodeRule } from '../../../../server/methods/pay-code/account.ts';

const money = { currency: 'PLN', priceScale: 2 };
const sms = (keyword: string) => ({ number: '7255', keyword, price: 2500 });

export const allRules: PayCodeRule[] = [
  { ...money, kind: 'enter', slug: 'demo-enter' },
  { ...money, kind: 'enter', slug: 'demo-low' },
  { ...money, kind: 'enter', slug: 'demo-high' },
  { ...money, kind: 'enter', slug: 'demo-off' },
  { ...money, kind: 'sms', slug: 'demo-sms', sms: sms('PAY.DEMO') },
  { ...money, kind: 'reversed', slug: 'demo-reversed', sms: sms('PAY.CODE') },
  { ...money, kind: 'discount', slug: 'demo-discount' },
  { ...money, kind: 'discount', slug: 'demo-full' },
  { ...money, kind: 'discount', slug: 'demo-discount-amount' },
  { ...money, kind: 'discount', slug: 'demo-discount-odd' },
];
