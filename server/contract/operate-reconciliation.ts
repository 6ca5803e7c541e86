/**
 * The daily comparison of our books with a payment service's own list: `/operate/reconciliations…`. Amounts are minor units of their
 * currency, times ISO 8601.
 */
import * as z from 'zod/mini';
import { atMost } from './payment-basics.ts';

export const ReconciliationSource = z.enum(['payme', 'paykassma']);
export type ReconciliationSource = z.infer<typeof ReconciliationSource>;

/**
 * `POST /operate/reconciliations`. `day`: `YYYY-MM-DD` in the merchant's time zone, and over. `csv`: the list from Paykassma's cabinet,
 * with a first line that names the columns; it may contain other days, too.
 */
export const StartReconciliation = z.strictObject({
  merchant: z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)),
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  source: ReconciliationSource,
  csv: z.optional(z.string().check(atMost(5 * 1024 * 1024))),
});
export type StartReconciliation = z.infer<typeof StartReconciliation>;

export const Reconciliation = z.object({
  id: z.string(),
  merchantId: z.string(),
  day: z.string(),
  source: ReconciliationSource,
  status: z.enum(['running', 'done', 'failed']),
  /** Why it failed, or what could not be read; null if there is nothing to say. */
  problem: z.nullable(z.string()),
  /** Null for the automatic comparison. */
  requestedBy: z.nullable(z.string()),
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** How many paid entries of the day the list has, and how many of our records were looked for on it. */
  there: z.int(),
  here: z.int(),
  /** Paid entries that other systems have made, which share the account. */
  foreign: z.int(),
  differences: z.int(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

export const Difference = z.object({
  /** `paid_there`: unknown here. `known_here`: not there, or returned there. */
  kind: z.enum(['paid_there', 'known_here', 'amounts_differ']),
  /** The service's id, e.g. of a receipt or a transfer. */
  upstreamId: z.string(),
  paymentId: z.nullable(z.string()),
  theirAmount: z.nullable(z.int()),
  theirCurrency: z.nullable(z.string()),
  ourAmount: z.nullable(z.int()),
  ourCurrency: z.nullable(z.string()),
  at: z.string(),
  reason: z.string(),
});
export type Difference = z.infer<typeof Difference>;

/** `GET /operate/reconciliations/:id`. `found`: all differences, oldest first. */
export const ReconciliationDetail = z.extend(Reconciliation, { found: z.array(Difference) });
export type ReconciliationDetail = z.infer<typeof ReconciliationDetail>;

export const ReconciliationPage = z.object({ reconciliations: z.array(Reconciliation), next: z.nullable(z.string()) });
export type ReconciliationPage = z.infer<typeof ReconciliationPage>;
