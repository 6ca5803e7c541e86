/** What the browser routes answer: the view of a payment, or a problem. Amounts are minor units of `currency`. */
import * as z from 'zod/mini';
import { NextAction } from './next-action.ts';
import { AttemptView } from './payment.ts';
import { PaymentMethod, PaymentStatus, ReturnUrls } from './payment-basics.ts';
import { Problem } from './problem.ts';

/** The one answer of every browser route: everything that the widget knows about a payment. */
export const PaymentView = z.object({
  id: z.string(),
  /** A short name of this payment that can be read out to support, e.g. `PD-7Q4K-19TZ`. */
  reference: z.string(),
  orderId: z.string(),
  /** A plugin window shows only payments of the merchant in its own address. */
  merchantId: z.string(),
  merchantName: z.string(),
  description: z.nullable(z.string()),
  /** True where no real money moves. */
  test: z.boolean(),
  status: PaymentStatus,
  /** Grows with every change; `?since=` compares it. */
  version: z.int(),
  /** The server's clock, ISO 8601. */
  now: z.string(),
  expiresAt: z.string(),
  amount: z.int(),
  /** What a discount code took off. */
  discount: z.int(),
  /** The discount's code, if there is one: its last characters, and whether the customer can still remove it. */
  discountCode: z.nullable(z.object({ tail: z.nullable(z.string()), removable: z.boolean() })),
  /** amount − discount. */
  due: z.int(),
  amountPaid: z.int(),
  /** ISO 4217. */
  currency: z.string(),
  /** The money came after the payment had been canceled or had expired. */
  late: z.boolean(),
  /** ISO 8601: when the payment succeeded. */
  paidAt: z.nullable(z.string()),
  methods: z.array(PaymentMethod),
  /** The newest attempt. */
  attempt: z.nullable(AttemptView),
  nextAction: NextAction,
  /** Why the last attempt ended without money, while the customer may try again. */
  problem: z.nullable(Problem),
  returnUrls: ReturnUrls,
});
export type PaymentView = z.infer<typeof PaymentView>;

/** An error on HTTP: RFC 9457 `application/problem+json`. A declined browser POST also carries the fresh view. */
export const ProblemDetails = z.extend(Problem, {
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  /**
   * With `outcome_unknown` and `codes_erased`: the pay codes in question. `count`: the requested number if the real one is
   * unknown.
   */
  batch: z.optional(z.object({ id: z.string(), count: z.int() })),
  view: z.optional(PaymentView),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
