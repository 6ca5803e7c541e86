/** `POST /v1/payments`: what the merchant's server asks for, and what it gets. */
import * as z from 'zod/mini';
import { atLeast, atMost } from './length.ts';
import { Payment } from './payment.ts';
import { PaymentMethod } from './payment-method.ts';
import { ReturnUrls } from './return-urls.ts';

/** What every engine can store and give back unchanged: no NUL, no half of a surrogate pair. */
const storable = z.refine<string>((value) => !value.includes('\0') && !/\p{Cs}/u.test(value));
const text = (most: number) => z.string().check(atLeast(1), atMost(most), storable);

/** One line of the receipt, as fiscal rules want it. Price in minor units for one piece. */
const Item = z.strictObject({
  title: text(128),
  price: z.int().check(z.gte(0)),
  count: z.int().check(z.gte(1)),
  code: text(64),
  units: z.optional(z.int()),
  vatPercent: z.int().check(z.gte(0), z.lte(100)),
  packageCode: text(64),
});

export const CreatePayment = z.strictObject({
  /** Minor units at the ISO 4217 exponent: 2500 is 25.00 PLN. */
  amount: z.int().check(z.gte(1), z.lte(1_000_000_000_000)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  orderId: text(190),
  label: text(190),
  description: z.optional(text(256)),
  methods: z.optional(z.array(PaymentMethod).check(atLeast(1), atMost(3))),
  /** The one wallet to pay by, e.g. `wavepay`; without it the customer chooses. */
  walletType: z.optional(z.string().check(z.regex(/^\w{1,40}$/))),
  locale: z.optional(z.string().check(atMost(35), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/))),
  phone: z.optional(z.string().check(z.regex(/^\+?[0-9]{7,15}$/))),
  items: z.optional(z.array(Item).check(atLeast(1), atMost(100))),
  returnUrls: z.optional(ReturnUrls),
  /** Seconds the customer has; default one hour. */
  expiresIn: z.optional(z.int().check(z.gte(60), z.lte(7 * 24 * 3600))),
  metadata: z.optional(z.record(z.string().check(atMost(40)), z.string().check(atMost(500)))),
});
export type CreatePayment = z.infer<typeof CreatePayment>;

export const CreatedPayment = z.object({ payment: Payment, clientSecret: z.string(), pluginUrl: z.string() });
export type CreatedPayment = z.infer<typeof CreatedPayment>;
