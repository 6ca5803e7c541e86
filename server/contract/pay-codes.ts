/** `/v1/pay-codes`: what the merchant's back office asks for, and what it gets. Days are `YYYY-MM-DD`, by PayCodes' time zone. */
import * as z from 'zod/mini';
import { atLeast, atMost } from './length.ts';

/** A day that there is: no 31st of February. */
const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};
const day = z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.refine(isDay)));
const rule = z.string().check(atLeast(1), atMost(100));

export const GeneratePayCode = z.strictObject({ rule, validFrom: day, validTo: day });
export type GeneratePayCode = z.infer<typeof GeneratePayCode>;

export const GeneratePayCodes = z.strictObject({
  rule,
  count: z.int().check(z.gte(1), z.lte(1000)),
  validFrom: day,
  validTo: day,
});
export type GeneratePayCodes = z.infer<typeof GeneratePayCodes>;

export const LookUpPayCode = z.strictObject({ rule, code: z.string().check(z.regex(/^[A-Za-z0-9]{4,64}$/)) });
export type LookUpPayCode = z.infer<typeof LookUpPayCode>;

/**
 * A fresh code. The same Idempotency-Key is answered with it again for 24 hours, or until `batchId` is acknowledged; then it is kept nowhere here.
 * `price` in minor units; null where PayCodes does not say, or not in whole ones.
 */
export const PayCodeView = z.object({
  batchId: z.string(),
  rule: z.string(),
  code: z.string(),
  price: z.nullable(z.int()),
  currency: z.string(),
});
export type PayCodeView = z.infer<typeof PayCodeView>;

/** `codes`: all different; fewer than asked for where PayCodes made fewer. `batchId` as in `PayCodeView`. */
export const PayCodeBatch = z.object({ batchId: z.string(), rule: z.string(), codes: z.array(z.string()) });

export const PayCodeState = z.object({
  rule: z.string(),
  state: z.enum(['usable', 'used', 'expired', 'not_yet_valid', 'inactive', 'rule_inactive', 'not_found']),
  price: z.nullable(z.int()),
  currency: z.string(),
  validFrom: z.nullable(z.string()),
  validTo: z.nullable(z.string()),
  usedAt: z.nullable(z.string()),
  /** Who used it, as PayCodes tells. */
  client: z.nullable(z.string()),
});

/**
 * What became of codes that were asked for: `running`, made, or unknown, where PayCodes' answer was lost; PayCodes' books have them under the
 * creator `pw:<id>`. `count`: how many were made; asked for, as long as that is not known. `kept`: the key is still answered with them.
 */
export const PayCodeBatchState = z.object({
  id: z.string(),
  rule: z.string(),
  status: z.enum(['running', 'made', 'unknown']),
  count: z.int(),
  kept: z.boolean(),
  createdAt: z.string(),
});
export type PayCodeBatchState = z.infer<typeof PayCodeBatchState>;
