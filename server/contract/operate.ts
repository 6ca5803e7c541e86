/**
 * What operators read, for the console and the command line: the queue, the search, a payment's timeline, webhooks, postbacks and the
 * state of the whole. Amounts are minor units, times ISO 8601. Lists are read by cursor: `next` is the `after` of the next page.
 */
import * as z from 'zod/mini';
import { Approval } from './operate-acts.ts';
import { Payment } from './payment.ts';
import { PaymentMethod, PaymentStatus } from './payment-basics.ts';
import { WebhookEvent } from './webhook-events.ts';

export * from './actor.ts';
export * from './operate-acts.ts';
export * from './operate-links.ts';
export * from './operate-reconciliation.ts';

/** What a person has to look at. `GET /operate/queue` says each once, with the reason. */
export const QueueKind = z.enum([
  /** Only a person can tell what became of the money. */
  'needs_review',
  /** Less than was due has come. */
  'underpaid',
  /** Money that is in no sum, beside a payment that does not wait for it. */
  'uncounted_money',
  /** Nobody knows for a quarter of an hour what became of an attempt or a discount. */
  'outcome_unknown',
  /** A postback that belongs to no payment of ours. */
  'unmatched_postback',
  /** A webhook that was given up. */
  'parked_webhook',
  /** Pay codes may have been made, and the answer was lost. */
  'codes_unknown',
  /** An act that waits for a second person. */
  'approval',
  /** Flags: see `FlagKind` in `payments/model/operator-records.ts`. */
  'decision_contradicted',
  'order_paid_twice',
  'overpaid',
  'reversed',
  'reopened_beside_another',
  'attempt_in_doubt',
  'code_used_in_gap',
  'reconciliation',
]);
export type QueueKind = z.infer<typeof QueueKind>;

export const QueueItem = z.object({
  /** The id of what waits: a payment, an attempt, a postback item, a webhook, an approval or a flag. */
  id: z.string(),
  kind: QueueKind,
  merchantId: z.string(),
  paymentId: z.nullable(z.string()),
  reference: z.nullable(z.string()),
  orderId: z.nullable(z.string()),
  amount: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  /** One sentence: why it waits. */
  reason: z.string(),
  /** Since when it waits. */
  since: z.string(),
});
export type QueueItem = z.infer<typeof QueueItem>;

/** `counts`: how many there are of each kind, 1,000 at most. */
export const QueuePage = z.object({
  items: z.array(QueueItem),
  next: z.nullable(z.string()),
  counts: z.record(z.string(), z.int()),
});
export type QueuePage = z.infer<typeof QueuePage>;

export const PaymentSummary = z.object({
  id: z.string(),
  reference: z.string(),
  merchantId: z.string(),
  orderId: z.string(),
  label: z.string(),
  status: PaymentStatus,
  test: z.boolean(),
  amount: z.int(),
  due: z.int(),
  amountPaid: z.int(),
  amountRefunded: z.int(),
  currency: z.string(),
  /** Of the newest attempt. */
  method: z.nullable(PaymentMethod),
  lastCharacters: z.nullable(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type PaymentSummary = z.infer<typeof PaymentSummary>;

/** `understoodAs`: what the search text was taken for, e.g. `reference`, `order`, `label`, `end of a number`, `amount`. */
export const PaymentPage = z.object({
  payments: z.array(PaymentSummary),
  next: z.nullable(z.string()),
  understoodAs: z.nullable(z.string()),
});
export type PaymentPage = z.infer<typeof PaymentPage>;

/** One thing that happened. `data`: facts by name, masked. */
export const TimelineEntry = z.object({
  at: z.string(),
  kind: z.enum([
    'payment',
    'attempt',
    'call',
    'evidence',
    'decision',
    'refund',
    'discount',
    'postback',
    'webhook',
    'flag',
    'approval',
  ]),
  /** A sentence in plain words. */
  title: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** An act that is possible now: what it does and what cannot be undone, so that whoever presses it knows before. */
export const PossibleAct = z.object({
  act: z.enum([
    'resolve_paid',
    'resolve_not_paid',
    'resolve_returned',
    'accept',
    'reopen',
    'refund',
    'refund_by_hand',
    'dispose',
    'recheck',
  ]),
  /** A short title, e.g. for a button. */
  title: z.string(),
  /** What will happen. */
  consequence: z.string(),
  /** What cannot be undone; null if it can be. */
  irreversible: z.nullable(z.string()),
  /** For `resolve_…`: about which attempt; for `dispose`: about which money. */
  attemptId: z.optional(z.string()),
  upstreamId: z.optional(z.string()),
  /** What to fill in at first. */
  amount: z.optional(z.int()),
  currency: z.optional(z.string()),
  /** Whether the payment service is asked first, so that nothing has to be typed in. */
  reads: z.boolean(),
  /** Whether a second person has to confirm it. */
  secondPerson: z.boolean(),
});
export type PossibleAct = z.infer<typeof PossibleAct>;

export const Flag = z.object({
  id: z.string(),
  kind: QueueKind,
  reason: z.string(),
  raisedAt: z.string(),
  closedAt: z.nullable(z.string()),
  closedBy: z.nullable(z.string()),
});
export type Flag = z.infer<typeof Flag>;

/** `GET /operate/payments/:id`. */
export const PaymentDetail = z.object({
  payment: Payment,
  merchantId: z.string(),
  timeline: z.array(TimelineEntry),
  acts: z.array(PossibleAct),
  approvals: z.array(Approval),
  flags: z.array(Flag),
});
export type PaymentDetail = z.infer<typeof PaymentDetail>;

export const PostbackItem = z.object({
  id: z.string(),
  merchantId: z.string(),
  /** The service that reported it: `paykassma`. */
  account: z.string(),
  wallet: z.nullable(z.string()),
  transactionId: z.nullable(z.string()),
  customTransactionId: z.nullable(z.string()),
  label: z.nullable(z.string()),
  amount: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  signedAmount: z.boolean(),
  status: z.enum(['unmatched', 'matched', 'dismissed']),
  paymentId: z.nullable(z.string()),
  matchedBy: z.nullable(z.string()),
  note: z.nullable(z.string()),
  receivedAt: z.string(),
});
export type PostbackItem = z.infer<typeof PostbackItem>;

export const PostbackPage = z.object({ postbacks: z.array(PostbackItem), next: z.nullable(z.string()) });
export type PostbackPage = z.infer<typeof PostbackPage>;

/** `GET /operate/events/undelivered`: what waits to be sent and what was given up, of all merchants of the operator, oldest first. */
export const UndeliveredWebhook = z.extend(WebhookEvent, {
  merchantId: z.string(),
  /** Of the payment. */
  reference: z.string(),
});
export type UndeliveredWebhook = z.infer<typeof UndeliveredWebhook>;
export const UndeliveredPage = z.object({ events: z.array(UndeliveredWebhook), next: z.nullable(z.string()) });
export type UndeliveredPage = z.infer<typeof UndeliveredPage>;

/** Who is signed in, and what they may do. `GET /operate/me`. */
export const OperatorView = z.object({
  name: z.string(),
  /** As the single sign-on proxy names them; null without one. */
  person: z.nullable(z.string()),
  role: z.enum(['read', 'act']),
  scopes: z.array(z.string()),
  /** Null for all. */
  merchants: z.nullable(z.array(z.string())),
  /** The ids of those merchants as they are now, also where `merchants` is null. */
  merchantIds: z.array(z.string()),
});
export type OperatorView = z.infer<typeof OperatorView>;

/**
 * `GET /operate/status`. Ages in seconds; null if nothing waits. `paid`: of the last 24 hours. The count and the age of unknown outcomes
 * are of all of them; the queue takes one in after a quarter of an hour.
 */
export const OperatorStatus = z.object({
  version: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  now: z.string(),
  database: z.enum(['ok', 'unavailable']),
  /** Since when all payments are held because the database was restored and `db verify` has not ended the hold; null: they go on. */
  heldSince: z.nullable(z.string()),
  /** Since when this process refuses the merchants file as it is now, so that the one before stays in force; null: it is in force. */
  merchantsFileRefusedSince: z.nullable(z.string()),
  counts: z.record(z.string(), z.int()),
  oldest: z.object({
    needsReview: z.nullable(z.number()),
    outcomeUnknown: z.nullable(z.number()),
    webhook: z.nullable(z.number()),
    postback: z.nullable(z.number()),
  }),
  paid: z.array(z.object({ method: z.nullable(PaymentMethod), currency: z.string(), count: z.int(), amount: z.int() })),
  pendingAnswers: z.int(),
  clockSkewSeconds: z.number(),
});
export type OperatorStatus = z.infer<typeof OperatorStatus>;
