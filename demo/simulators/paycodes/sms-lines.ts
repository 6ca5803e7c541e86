/** The short numbers and keywords that the simulated SMS company serves, each for one rule. All are invented. */
export interface SmsLine {
  ruleSlug: string;
  keyword: string;
  number: string;
  /** The price of one SMS to the number, taxes included, in minor units. */
  grossPrice: number;
  /** ISO 4217. */
  currency: string;
  /** `answer`: the reply to the keyword holds a code. `text`: the customer sends the code that the page shows. */
  codeIn: 'answer' | 'text';
}

export const smsLines: readonly SmsLine[] = [
  { ruleSlug: 'demo-sms', keyword: 'PAY.DEMO', number: '7255', grossPrice: 2500, currency: 'PLN', codeIn: 'answer' },
  { ruleSlug: 'demo-sms-mmk', keyword: 'PAY.DEMO', number: '8255', grossPrice: 600_000, currency: 'MMK', codeIn: 'answer' },
  { ruleSlug: 'demo-sms-uzs', keyword: 'PAY.DEMO', number: '3255', grossPrice: 500_000, currency: 'UZS', codeIn: 'answer' },
  { ruleSlug: 'demo-reversed', keyword: 'PAY.CODE', number: '7255', grossPrice: 2500, currency: 'PLN', codeIn: 'text' },
  { ruleSlug: 'demo-reversed-mmk', keyword: 'PAY.CODE', number: '8255', grossPrice: 600_000, currency: 'MMK', codeIn: 'text' },
  { ruleSlug: 'demo-reversed-uzs', keyword: 'PAY.CODE', number: '3255', grossPrice: 500_000, currency: 'UZS', codeIn: 'text' },
];
