/**
 * The price deduction of a discount rule. The documents say that a rule can configure one and not where, so its place in the
 * rule's `config` is a setting. Source: paycodes.md §3, row 12, and §5.4.
 */
import * as z from 'zod';
import { integer } from './integer.ts';
import type { PayCodeRule } from './schema.ts';

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
