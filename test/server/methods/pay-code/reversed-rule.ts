/** A rule of codes that are shown and sent by SMS, as a merchant's file has it. */
export const reversedRule = {
  slug: 'demo-reversed',
  kind: 'reversed',
  currency: 'PLN',
  priceScale: 2,
  sms: { number: '7255', keyword: 'PAY.CODE', price: 2500 },
} as const;
