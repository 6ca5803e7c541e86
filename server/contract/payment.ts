/** A payment as the merchant's server sees it, in answers and in webhooks. Amounts are minor units of `currency`. */
import * as z from 'zod/mini';
import { Transfer } from './next-action.ts';
import { PaymentMethod, PaymentStatus, ReturnUrls } from './payment-basics.ts';

/**
 * `watched`: the wallet does not know the transfer yet; a postback will report it. `refunding`, `refunded`: the attempt paid, and
 * the money is on its way back, or is back. `held`, `burned`: a discount code is reserved, or has been redeemed.
 */
export const AttemptStatus = z.enum([
  'live',
  'processing',
  'paid',
  'refused',
  'watched',
  'abandoned',
  'review',
  'refunding',
  'refunded',
  'held',
  'burned',
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
  tail: z.nullable(z.string()),
  /** What was entered, where it is no secret: a wallet's transaction number. */
  entered: z.nullable(z.string()),
  /** The account to transfer to. It stays after the attempt, so that the customer can look at it again. */
  transfer: z.nullable(Transfer),
});
export type AttemptView = z.infer<typeof AttemptView>;

/** Proof that a payment service took money: the service's own id of the transaction, and the amount. */
export const EvidenceView = z.object({
  attemptId: z.nullable(z.string()),
  method: PaymentMethod,
  upstreamId: z.string(),
  amount: z.int(),
  currency: z.string(),
  takenAt: z.string(),
  /** False where a person must decide whether it pays; until then it is in no sum. */
  counted: z.boolean(),
});
export type EvidenceView = z.infer<typeof EvidenceView>;

export const Payment = z.object({
  id: z.string(),
  reference: z.string(),
  orderId: z.string(),
  /** The merchant's id of the customer. */
  label: z.string(),
  description: z.nullable(z.string()),
  status: PaymentStatus,
  test: z.boolean(),
  amount: z.int(),
  discount: z.int(),
  due: z.int(),
  amountPaid: z.int(),
  currency: z.string(),
  late: z.boolean(),
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
]);
export type WebhookType = z.infer<typeof WebhookType>;

/** What the merchant's server is sent, signed by Standard Webhooks 1.0. */
export const Webhook = z.object({
  type: WebhookType,
  /** ISO 8601: when it happened. */
  timestamp: z.string(),
  /** 1, 2, 3 … per payment. Webhooks are sent in this order, each at least once. */
  sequence: z.int(),
  data: z.object({ payment: Payment }),
});
export type Webhook = z.infer<typeof Webhook>;
