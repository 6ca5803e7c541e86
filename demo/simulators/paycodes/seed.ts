/**
 * The codes and rules after the start and after a reset. The codes' names tell what they do; some behave as code-behaviours.ts
 * says.
 */
import type { CodeRecord, RuleRecord } from './code-record.ts';
import { smsLines } from './sms-lines.ts';

const day = 86_400_000;

export function seedCodes(now: number): Omit<CodeRecord, 'id'>[] {
  const usable = { creator: 'seed', genTime: now - 2 * day, startTime: now - 2 * day, endTime: now + 360 * day };
  const fresh = { ...usable, useTime: null, client: null, isActive: true };
  const enter = (code: string, own: Partial<Omit<CodeRecord, 'id'>> = {}) => ({ ...fresh, code, ruleSlug: 'demo-enter', ...own });
  const many = (count: number, name: string, own: Partial<Omit<CodeRecord, 'id'>> = {}) =>
    Array.from({ length: count }, (_, index) => enter(name + String(index + 1).padStart(4, '0'), own));
  return [
    ...many(20, 'GOOD'),
    enter('USED0001', { useTime: now - day, client: 'somebody-else', isActive: false }),
    enter('OLD00001', { endTime: now - day }),
    enter('SOON0001', { startTime: now + day }),
    enter('OFF00001', { isActive: false }),
    enter('SLOW0001'),
    enter('LOST0001'),
    enter('FAIL0001'),
    enter('RACE0001'),
    enter('LOW00001', { ruleSlug: 'demo-low' }),
    enter('HIGH0001', { ruleSlug: 'demo-high' }),
    ...many(5, 'MMKG', { ruleSlug: 'demo-enter-mmk' }),
    ...many(5, 'UZSG', { ruleSlug: 'demo-enter-uzs' }),
    ...many(5, 'SMSG', { ruleSlug: 'demo-sms' }),
    enter('DISC10PC', { ruleSlug: 'demo-discount' }),
    ...many(10, 'DISC', { ruleSlug: 'demo-discount' }),
    enter('DISCUSED', { ruleSlug: 'demo-discount', useTime: now - day, client: 'somebody-else', isActive: false }),
    enter('DISCLOST', { ruleSlug: 'demo-discount' }),
    enter('DISCRACE', { ruleSlug: 'demo-discount' }),
    enter('DISCFULL', { ruleSlug: 'demo-full' }),
    ...many(5, 'FULL', { ruleSlug: 'demo-full' }),
    enter('DISC5PLN', { ruleSlug: 'demo-discount-amount' }),
    ...many(5, 'FIVE', { ruleSlug: 'demo-discount-amount' }),
    enter('DISCODD1', { ruleSlug: 'demo-discount-odd' }),
    ...many(5, 'MMKP', { ruleSlug: 'demo-discount-mmk' }),
    ...many(5, 'MMKF', { ruleSlug: 'demo-full-mmk' }),
    ...many(5, 'MMKA', { ruleSlug: 'demo-discount-amount-mmk' }),
    ...many(5, 'UZSP', { ruleSlug: 'demo-discount-uzs' }),
    ...many(5, 'UZSF', { ruleSlug: 'demo-full-uzs' }),
    ...many(5, 'UZSA', { ruleSlug: 'demo-discount-amount-uzs' }),
    enter('RULEOFF1', { ruleSlug: 'demo-off' }),
    enter('CLJG1J', { ruleSlug: 'test', creator: 'pskrzynski2' }),
  ];
}

/** The characters of codes: X and Y are missing, O and 0 are both used. */
export const pattern = { pattern: 'ABCDEFGHIJKLMNOPQRSTUWVZ0123456789', id: 8, slug: 'alfanumeryczne' } as const;

/** The rule of the documents, for contract tests, and those of the demo. */
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

/** A rule of discounts. It has no price of its own; where the deduction is stored is our guess. */
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
