/** The codes on the first day. Their names say what they do; what some of them do is in code-behaviours.ts. Source: paycodes.md §8.4. */
import type { CodeRecord } from './code-record.ts';

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
