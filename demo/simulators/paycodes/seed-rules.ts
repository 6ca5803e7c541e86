/** The rules on the first day: the documents' own one, for contract tests, and those of the demo. Source: paycodes.md §8.1. */
import type { RuleRecord } from './rule-record.ts';
import { smsLines } from './sms-lines.ts';

/** The one set of signs: X and Y are missing, O and 0 are both real. */
export const pattern = { pattern: 'ABCDEFGHIJKLMNOPQRSTUWVZ0123456789', id: 8, slug: 'alfanumeryczne' } as const;

export function seedRules(): RuleRecord[] {
  return [
    rule({ id: 3, slug: 'test', description: 'testowa', code_lenght: 6, price: 123456, config: { test: 'test' } }),
    rule({ id: 11, slug: 'demo-enter', description: 'The price of the demo', price: 2500 }),
    rule({ id: 12, slug: 'demo-low', description: 'Half the price of the demo', price: 1250 }),
    rule({ id: 13, slug: 'demo-high', description: 'Twice the price of the demo', price: 5000 }),
    rule({ id: 14, slug: 'demo-off', description: 'A rule switched off', price: 2500, is_active: false }),
    rule({ id: 15, slug: 'demo-enter-mmk', description: 'The price of the demo in kyat', price: 600_000 }),
    rule({ id: 16, slug: 'demo-enter-uzs', description: 'The price of the demo in sum', price: 500_000 }),
    ...smsLines.map(({ ruleSlug, keyword, number, grossPrice, codeIn }, index) =>
      rule({
        id: 21 + index,
        slug: ruleSlug,
        description: codeIn === 'answer' ? 'A code comes back by SMS' : 'A code is sent by SMS',
        price: grossPrice,
        code_lenght: codeIn === 'answer' ? 8 : 6,
        config: { sms: { keyword, number } },
      }),
    ),
    discount(31, 'demo-discount', { type: 'percent', value: 10 }),
    discount(32, 'demo-full', { type: 'percent', value: 100 }),
    discount(33, 'demo-discount-amount', { type: 'amount', value: 500 }),
    discount(34, 'demo-discount-odd', { type: 'gift', value: 'a mug' }),
    discount(35, 'demo-discount-mmk', { type: 'percent', value: 10 }),
    discount(36, 'demo-full-mmk', { type: 'percent', value: 100 }),
    discount(37, 'demo-discount-amount-mmk', { type: 'amount', value: 100_000 }),
    discount(38, 'demo-discount-uzs', { type: 'percent', value: 10 }),
    discount(39, 'demo-full-uzs', { type: 'percent', value: 100 }),
    discount(40, 'demo-discount-amount-uzs', { type: 'amount', value: 100_000 }),
  ];
}

/** Worth nothing by itself; where the deduction is kept is our guess. */
const discount = (id: number, slug: string, price_deduction: object) =>
  rule({ id, slug, description: 'A discount', price: 0, config: { price_deduction } });

function rule(own: Pick<RuleRecord, 'id' | 'slug' | 'description' | 'price'> & Partial<RuleRecord>): RuleRecord {
  return {
    is_active: true,
    pattern_slug: pattern.slug,
    code_lenght: 8,
    code_expiration: 360,
    code_duration: 1024,
    code_duration_date: null,
    application_id: 20658,
    channel_id: 5935,
    merchant_id: 1,
    sap_id: 300481,
    prod_id: 1,
    prod_cat_id: 1,
    prod_subcat_id: 1,
    config: {},
    ...own,
  };
}
