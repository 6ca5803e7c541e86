/**
 * The state of a pay code, from what `get_code` answered and the present time; the first test that holds decides.
 * Whether its value fits the payment is not asked here: that is the method's to know. Source: README.md, "State of a code".
 */

import * as z from 'zod';
import type { GetCodeAnswer } from './answers.ts';
import type { PayCodeRule } from './schema.ts';
import { integer } from './schema.ts';

export type CodeState = 'not_found' | 'used' | 'rule_inactive' | 'inactive' | 'not_yet_valid' | 'expired' | 'usable';

/** @param now milliseconds since the epoch, by our own clock */
export function codeState(answer: GetCodeAnswer, now: number): CodeState {
  if (answer.kind !== 'found') return 'not_found';
  const { code, rule } = answer;
  // By use_time alone: whether using also clears is_active is unsaid, so is_active must not hide a use.
  if (code.useTime !== null) return 'used';
  if (rule.isActive === false) return 'rule_inactive';
  if (code.isActive === false) return 'inactive';
  if (code.startTime && code.startTime.getTime() > now) return 'not_yet_valid';
  if (code.endTime && code.endTime.getTime() <= now) return 'expired';
  return 'usable';
}

/**
 * A rule's `price` as our money: an integer in minor units of the payment's currency.
 *
 * PayCodes says neither unit nor currency, so `scale` (decimal digits in `price`: 2 = grosze, 0 = złote) comes from the
 * merchant's configuration and `digits` from ISO 4217. By shifting decimal text, never by multiplying. `undefined` = the price
 * is finer than the currency, or beyond what an integer can hold: no amount of ours is equal to it.
 */
export function priceInMinorUnits(price: number, { scale, digits }: { scale: number; digits: number }): number | undefined {
  if (!Number.isSafeInteger(price) || price < 0) return undefined;
  const text = String(price);
  const extra = scale - digits;
  const shifted = extra <= 0 ? text + '0'.repeat(-extra) : dropZeros(text, extra);
  const amount = Number(shifted);
  return shifted !== undefined && Number.isSafeInteger(amount) ? amount : undefined;
}

function dropZeros(text: string, count: number): string | undefined {
  const padded = text.padStart(count + 1, '0');
  return padded.endsWith('0'.repeat(count)) ? padded.slice(0, -count) : undefined;
}

/**
 * The price deduction of a discount rule. The documents say that a rule can configure one and not where, so its place in the
 * rule's `config` is a setting. Source: README.md, "Price and discount".
 */
/** `amount`: in the unit of the rule's `price` · `percent`: whole percents of what is due. */
export type PriceDeduction = { type: 'amount' | 'percent'; value: number };

const Deduction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('amount'), value: integer.pipe(z.int().min(0)) }),
  // More than the whole is a slip, such as hundredths of percents: reading it as "all" would give the goods away.
  z.object({ type: z.literal('percent'), value: integer.pipe(z.int().min(0).max(100)) }),
]);

/**
 * @param path names of `config`'s keys from the outside in, joined by dots
 * @returns null: the rule has none · `unreadable`: something is there, and it is no deduction that we know
 */
export function priceDeductionOf(
  { config }: Pick<PayCodeRule, 'config'>,
  path = 'price_deduction',
): PriceDeduction | null | 'unreadable' {
  let found: unknown = config;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || Array.isArray(found)) return 'unreadable';
    found = found !== null && Object.hasOwn(found, name) ? (found as Record<string, unknown>)[name] : null;
    if (found === null || found === undefined) return null;
  }
  return Deduction.safeParse(found).data ?? 'unreadable';
}
