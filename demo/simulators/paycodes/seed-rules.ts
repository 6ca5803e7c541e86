/** The rules on the first day: the documents' own one, for contract tests, and those of the demo. Source: paycodes.md §8.1. */
import type { RuleRecord } from './rule-record.ts';

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
  ];
}

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
