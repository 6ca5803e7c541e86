/**
 * A payment: as the merchant's server sees it, in answers and in webhooks, and as the browser routes answer it, by a view or a
 * problem. Amounts are minor units of `currency`.
 */
import * as z from 'zod/mini';
import { NextAction, Transfer } from './next-action.ts';
import { DiscountStatus, FiscalReceipt, PaymentMethod, PaymentStatus, ReturnUrls } from './payment-basics.ts';
import { Problem, ProblemCode } from './problem.ts';

/**
 * `unconfirmed`: the wallet does not know the transfer yet; a postback will report it. `refunding`, `refunded`: the attempt paid, and
 * the money is on its way back, or is back.
 */
export const AttemptStatus = z.enum([
  'awaiting_customer',
  'processing',
  'paid',
  'declined',
  'unconfirmed',
  'abandoned',
  'needs_review',
  'refunding',
  'refunded',
]);
export type AttemptStatus = z.infer<typeof AttemptStatus>;

/** An attempt, as customer and merchant may see it. */
export const AttemptView = z.object({
  id: z.string(),
  method: PaymentMethod,
  status: AttemptStatus,
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** The last characters of what was entered, to recognise it: four at most, and never more than half of it. */
  lastCharacters: z.nullable(z.string()),
  /** What was entered, where it is no secret: a wallet's transaction number. */
  submittedReference: z.nullable(z.string()),
  /**
   * The account to transfer to. It stays after the attempt, so that the customer can look at it again. After the end of the payment
   * the customer's view has no `requisites`.
   */
  transfer: z.nullable(Transfer),
});
export type AttemptView = z.infer<typeof AttemptView>;

/** Proof that a payment service took money: the service's own id of the transaction, and the amount. */
export const EvidenceView = z.object({
  /** Null if a discount code covers the whole amount: then the amount is 0. */
  attemptId: z.nullable(z.string()),
  method: PaymentMethod,
  upstreamId: z.string(),
  amount: z.int(),
  currency: z.string(),
  takenAt: z.string(),
  /** False where a person must decide whether it pays; until then it is in no sum. */
  counted: z.boolean(),
  /** What a person decided about it, the payment that it pays instead, and who named it if not the service; absent otherwise. */
  disposition: z.optional(z.enum(['counted', 'void', 'moved', 'returned'])),
  movedTo: z.optional(z.string()),
  reportedBy: z.optional(z.enum(['shop', 'operator'])),
});
export type EvidenceView = z.infer<typeof EvidenceView>;

/** What a person decided. `upstreamId`: what they say has paid. `supersededAt`: since then proof of the payment service counts instead. */
export const DecisionView = z.object({
  id: z.string(),
  attemptId: z.nullable(z.string()),
  outcome: z.enum(['paid', 'not_paid', 'returned', 'accepted']),
  amount: z.int(),
  currency: z.string(),
  upstreamId: z.nullable(z.string()),
  /** `operator:<name>` or `merchant:<id>`. */
  decidedBy: z.string(),
  note: z.string(),
  decidedAt: z.string(),
  supersededAt: z.nullable(z.string()),
});
export type DecisionView = z.infer<typeof DecisionView>;

/** Money that went back to the customer. `by_hand`: somebody returned it outside of Pay Desk and recorded that. */
export const RefundView = z.object({
  id: z.string(),
  attemptId: z.nullable(z.string()),
  amount: z.int(),
  currency: z.string(),
  how: z.enum(['upstream', 'by_hand']),
  status: z.enum(['running', 'done', 'declined', 'needs_review']),
  requestedBy: z.string(),
  reference: z.nullable(z.string()),
  note: z.string(),
  requestedAt: z.string(),
  endedAt: z.nullable(z.string()),
});
export type RefundView = z.infer<typeof RefundView>;

export const Payment = z.object({
  id: z.string(),
  reference: z.string(),
  orderId: z.string(),
  /** The merchant's id of the customer. */
  label: z.string(),
  description: z.nullable(z.string()),
  status: PaymentStatus,
  /** Grows with every change. Whoever decides about the payment says which version they have seen. */
  version: z.int(),
  test: z.boolean(),
  amount: z.int(),
  /** What a discount code takes off. */
  discount: z.int(),
  /** Whether the discount's code is redeemed, and the code's last characters, never the code itself; null without a discount. */
  discountCode: z.nullable(z.object({ status: DiscountStatus, lastCharacters: z.nullable(z.string()) })),
  due: z.int(),
  amountPaid: z.int(),
  /** What was returned of it. */
  amountRefunded: z.int(),
  /** What a person has accepted as enough although more was due; absent if nobody has. */
  acceptedAmount: z.optional(z.int()),
  /** Who decided about the money last, or returned some: `operator:<name>` or `merchant:<id>`; absent if nobody has. */
  decidedBy: z.optional(z.string()),
  currency: z.string(),
  paidLate: z.boolean(),
  /** The order was paid twice: the payment that had paid it before money came for this one. Otherwise absent. */
  orderAlreadyPaidBy: z.optional(z.string()),
  methods: z.array(PaymentMethod),
  /** The method of the evidence that paid it. */
  method: z.nullable(PaymentMethod),
  createdAt: z.string(),
  expiresAt: z.string(),
  paidAt: z.nullable(z.string()),
  returnUrls: ReturnUrls,
  metadata: z.record(z.string(), z.string()),
  attempts: z.array(AttemptView),
  evidence: z.array(EvidenceView),
  decisions: z.array(DecisionView),
  refunds: z.array(RefundView),
  /** What the merchant's own cash register has reported, the sale before the refund; absent if it has reported none. */
  fiscalReceipts: z.optional(z.array(FiscalReceipt)),
});
export type Payment = z.infer<typeof Payment>;

export const WebhookType = z.enum([
  'payment.succeeded',
  'payment.underpaid',
  'payment.overpaid',
  'payment.processing',
  'payment.needs_review',
  'payment.canceled',
  'payment.expired',
  'payment.refunded',
  // The payment service returned the money without being asked by us.
  'payment.reversed',
  // Its sums changed, and its status did not: a part was returned, or proof contradicts what a person decided.
  'payment.updated',
  // The two of `optInWebhookTypes`.
  'payment.attempt_refused',
  'payment.refund_refused',
]);
export type WebhookType = z.infer<typeof WebhookType>;

/** Written and sent only for a merchant who names them in `webhook.types` of the merchants file: nothing happened to the payment. */
export const optInWebhookTypes: readonly WebhookType[] = ['payment.attempt_refused', 'payment.refund_refused'];

/** What the merchant's server is sent, signed by Standard Webhooks 1.0. */
export const Webhook = z.object({
  type: WebhookType,
  /** ISO 8601: when it happened. */
  timestamp: z.string(),
  /** 1, 2, 3 … per payment. Webhooks are sent in this order, each at least once; the merchant may not want the types of some. */
  sequence: z.int(),
  /** `problem`: why it was refused, with the types of `optInWebhookTypes` only. */
  data: z.object({ payment: Payment, problem: z.optional(z.object({ code: ProblemCode })) }),
});
export type Webhook = z.infer<typeof Webhook>;

/**
 * The one answer of every browser route but `POST /checkout/link`, which answers a client secret: everything that the widget knows
 * about a payment.
 */
export const PaymentView = z.object({
  id: z.string(),
  /** A short name of this payment that can be read out to support, e.g. `PD-7Q4K-19TZ`. */
  reference: z.string(),
  orderId: z.string(),
  /** A plugin window shows only payments of the merchant in its own address. */
  merchantId: z.string(),
  merchantName: z.string(),
  /** A picture to show beside the name; absent if the merchant has none. It may not load: then the name has to do. */
  merchantLogoUrl: z.optional(z.string()),
  /**
   * Pictures of the brands that the customer pays with, as addresses or data URLs: by `payme`, `uzcard`, `humo`, or the type of a
   * wallet. Absent if the merchant has none; one may not load.
   */
  brands: z.optional(z.record(z.string(), z.string())),
  description: z.nullable(z.string()),
  /** BCP 47: the language that the merchant's server named for the customer, if it did. What the page itself chooses counts more. */
  locale: z.optional(z.string()),
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
  /** The last characters of the discount's code, never the code itself, and whether the customer can still remove it; else null. */
  discountCode: z.nullable(z.object({ lastCharacters: z.nullable(z.string()), removable: z.boolean() })),
  /** amount − discount. */
  due: z.int(),
  amountPaid: z.int(),
  /** ISO 4217. */
  currency: z.string(),
  /** The money came after the payment had been canceled or had expired. */
  paidLate: z.boolean(),
  /** ISO 8601: when the payment succeeded. */
  paidAt: z.nullable(z.string()),
  /** The page of the tax office about the fiscal receipt, of the refund once the payment is refunded; absent if there is none. */
  fiscalReceiptUrl: z.optional(z.string()),
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
  /** With a declined `PATCH /v1/payments/:id`, and for operators: the payment as it is now. */
  payment: z.optional(Payment),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
