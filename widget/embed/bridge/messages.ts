/**
 * What the page and the plugin window in its frame say to each other. A message that is none of these
 * is dropped. The frame tells states, ids and sums, never a secret, a number or a code.
 */
import * as z from 'zod/mini';
import { PaymentMethod, PaymentStatus, WaitReason } from '#contract';

// The plugin window forbids `eval`, which zod would otherwise try.
z.config({ jitless: true });

const short = z.string().check(z.maxLength(200));
const version = z.literal(1);

/** A custom property and its value: a colour, a length, a font, but nothing that fetches or ends the declaration. */
const Tokens = z.record(
  z.string().check(z.regex(/^--pay-[a-z0-9-]{1,40}$/)),
  z.string().check(z.maxLength(200), z.regex(/^(?!.*(?:url|image|image-set|src|element)\s*\()[^;{}\\<>@]*$/is)),
);

const look = {
  /** BCP 47. */
  locale: z.optional(z.string().check(z.regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i))),
  theme: z.optional(z.enum(['auto', 'light', 'dark'])),
  /** Subset and order of the methods, separated by spaces. */
  methods: z.optional(z.string().check(z.regex(/^[a-z_]*( [a-z_]+)*$/), z.maxLength(100))),
  method: z.optional(PaymentMethod),
  disabled: z.optional(z.boolean()),
  tokens: z.optional(Tokens),
};

/** Page → plugin window. */
export const FromPage = z.discriminatedUnion('type', [
  z.strictObject({ v: version, type: z.literal('init'), clientSecret: z.optional(short), ...look }),
  z.strictObject({ v: version, type: z.literal('set'), ...look }),
  z.strictObject({ v: version, type: z.enum(['submit', 'validate', 'focus', 'clear']) }),
]);
export type FromPage = z.infer<typeof FromPage>;

/** The look of a checkout, and what may be chosen in it. */
export type Look = Omit<Extract<FromPage, { type: 'set' }>, 'v' | 'type'>;

const whole = z.int().check(z.minimum(0));

/** Plugin window → page. Sums in minor units of `currency`; times are ISO 8601. What a newer window says beyond this is not read. */
export const FromFrame = z.discriminatedUnion('type', [
  z.object({ v: version, type: z.literal('ready'), methods: z.array(PaymentMethod), test: z.boolean() }),
  z.object({ v: version, type: z.literal('resize'), height: whole }),
  z.object({
    v: version,
    type: z.literal('status'),
    status: z.union([PaymentStatus, z.enum(['loading', 'load_error'])]),
    method: z.nullable(PaymentMethod),
    action: z.nullable(z.string().check(z.maxLength(40))),
    wait: z.nullable(z.object({ reason: WaitReason, since: short })),
    payment: z.nullable(
      z.object({
        paymentId: short,
        orderId: z.string(),
        amount: whole,
        amountPaid: whole,
        currency: short,
        late: z.boolean(),
      }),
    ),
  }),
  z.object({ v: version, type: z.literal('change'), method: PaymentMethod, complete: z.boolean() }),
  z.object({
    v: version,
    type: z.literal('problem'),
    /** The payment cannot be shown, or the last try did not pay. */
    of: z.enum(['load', 'try']),
    problem: z.object({ code: short, ref: short, field: z.optional(short), retryAt: z.optional(short), at: z.optional(short) }),
  }),
  z.object({ v: version, type: z.literal('close') }),
]);
export type FromFrame = z.infer<typeof FromFrame>;

/** A message before it gets its version. */
export type Unsent<Message> = Message extends { v: 1 } ? Omit<Message, 'v'> : never;
