/** The one answer of every browser route: all the widget knows of a payment. Amounts are minor units of `currency`. */
import * as z from 'zod/mini';
import { AttemptView } from './attempt-view.ts';
import { NextAction } from './next-action.ts';
import { PaymentMethod } from './payment-method.ts';
import { PaymentStatus } from './payment-status.ts';
import { Problem } from './problem.ts';
import { ReturnUrls } from './return-urls.ts';

export const PaymentView = z.object({
  id: z.string(),
  /** A short name of this payment that can be read out to support, e.g. `PD-7Q4K-19TZ`. */
  reference: z.string(),
  orderId: z.string(),
  /** Whose it is: a plugin window shows no other merchant's payments than the one of its address. */
  merchantId: z.string(),
  merchantName: z.string(),
  description: z.nullable(z.string()),
  /** True where no real money moves. */
  test: z.boolean(),
  status: PaymentStatus,
  /** Grows with every change; what `?since=` compares. */
  version: z.int(),
  /** The server's clock, ISO 8601. */
  now: z.string(),
  expiresAt: z.string(),
  amount: z.int(),
  /** What a discount code took off. */
  discount: z.int(),
  /** By which code, where it is one: its last signs, and whether it can still be taken off. */
  discountCode: z.nullable(z.object({ tail: z.nullable(z.string()), removable: z.boolean() })),
  /** amount − discount. */
  due: z.int(),
  amountPaid: z.int(),
  /** ISO 4217. */
  currency: z.string(),
  /** The money came after the payment was canceled or had expired. */
  late: z.boolean(),
  /** ISO 8601, when the payment succeeded. */
  paidAt: z.nullable(z.string()),
  methods: z.array(PaymentMethod),
  attempt: z.nullable(AttemptView),
  nextAction: NextAction,
  /** Why the last attempt ended without money, while the customer may try again. */
  problem: z.nullable(Problem),
  returnUrls: ReturnUrls,
});
export type PaymentView = z.infer<typeof PaymentView>;
