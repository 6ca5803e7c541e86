/** What the fields of a code and its rule mean: the code's state, its price as money, and its discount. */
import * as z from 'zod';
import type { GetCodeAnswer } from './answers.ts';
import { integer, type PayCodeRule } from './schema.ts';

export type CodeState = 'not_found' | 'used' | 'rule_inactive' | 'inactive' | 'not_yet_valid' | 'expired' | 'usable';

/**
 * The state of a code, from the answer of `get_code`; the first test that holds decides. Whether the code's value fits the
 * payment is decided by the payment method. Source: README.md, "State of a code".
 * @param now milliseconds since 1970, by our own clock
 */
export function codeState(answer: GetCodeAnswer, now: number): CodeState {
  if (answer.kind !== 'found') return 'not_found';
  const { code, rule } = answer;
  // By use_time alone: whether using a code clears is_active is unknown, so is_active must not hide a use.
  if (code.useTime !== null) return 'used';
  if (rule.isActive === false) return 'rule_inactive';
  if (code.isActive === false) return 'inactive';
  if (code.startTime && code.startTime.getTime() > now) return 'not_yet_valid';
  if (code.endTime && code.endTime.getTime() <= now) return 'expired';
  return 'usable';
}

/**
 * A rule's `price` as money: an integer in minor units of the payment's currency.
 *
 * PayCodes gives neither unit nor currency, so `scale` (decimal digits in `price`: 2 = grosze, 0 = złote) comes from the
 * merchant's configuration and `digits` from ISO 4217. The decimal text is shifted and never multiplied. `undefined` = the
 * price is finer than the currency, or beyond what an integer can hold: no amount of ours is equal to it.
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

/** What a discount rule takes off. `amount`: in the unit of the rule's `price` · `percent`: whole percents of what is due. */
type PriceDeduction = { type: 'amount' | 'percent'; value: number };

const Deduction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('amount'), value: integer.pipe(z.int().min(0)) }),
  // More than 100 is a mistake, such as hundredths of percents: reading it as "everything" would give the goods away.
  z.object({ type: z.literal('percent'), value: integer.pipe(z.int().min(0).max(100)) }),
]);

/**
 * The price deduction of a discount rule. The documents do not show where in the rule it stands, so `path` is a setting.
 * Source: README.md, "Price and discount".
 * @param path names of `config`'s keys from the outside in, joined by dots
 * @returns null: the rule has none · `unreadable`: something stands there, and it is no deduction that we know
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
