/** What a merchant's file says of PayCodes. Unknowns of the service are settings, each with paycodes.md §3's default. */
import * as z from 'zod';

const Rule = z.strictObject({
  slug: z.string().min(1).max(100),
  /** What codes of this rule are for; a typed code is looked up in the `enter` rules, in this order. */
  kind: z.enum(['enter']),
  /** ISO 4217. The contract of PayCodes has no currency, so there is no default. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Decimal digits in the rule's integer `price`: 2 where 2500 is 25.00. No default either. */
  priceScale: z.int().min(0).max(4),
  /** The signs a code may have, where they are known; lets a wrong sign be told before any call. */
  alphabet: z.string().min(2).max(64).optional(),
  /** How long a code is, where it is known. */
  length: z.int().min(4).max(32).optional(),
});

export const PayCodeSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  auth: z.strictObject({ type: z.literal('bearer'), key: z.string().min(1) }),
  timeoutMs: z.int().min(100).max(30_000).default(10_000),
  /** Of times that come without an offset. */
  timeZone: z.string().default('Europe/Warsaw'),
  /**
   * Price of the code against the amount due. `exact`: they must be equal. `at_least`: a code worth more pays once the customer has agreed that
   * the rest is lost. `ignore`: any code of the rule pays what is due, whatever its price.
   */
  amountPolicy: z.enum(['exact', 'at_least', 'ignore']).default('exact'),
  /** Whether `get_code` tells our `client` of `use_code` again; without it a lost answer goes to a person. */
  clientRecovery: z.boolean().default(true),
  limits: z
    .strictObject({
      /** Wrong codes from one address (of IPv6: from one /64) in a day, and of all customers of the merchant in a minute. */
      wrongPerAddress: z.int().min(1).max(100_000).default(20),
      wrongPerMerchant: z.int().min(1).max(100_000).default(60),
      /** No wrong code is answered sooner, in milliseconds: how long it takes must not tell why it is wrong. */
      floorMs: z.int().min(0).max(5_000).default(400),
    })
    .prefault({}),
  rules: z.array(Rule).min(1).max(5),
});
export type PayCodeSettings = z.infer<typeof PayCodeSettings>;
export type PayCodeRule = PayCodeSettings['rules'][number];
