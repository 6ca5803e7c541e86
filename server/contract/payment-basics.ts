/** What the rest of the contract builds on: a payment's methods, statuses, reference, return addresses, and limits of length. */
import * as z from 'zod/mini';

/** How a customer can pay. */
export const PaymentMethod = z.enum(['pay_code', 'wallet', 'card']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** What each status means and which may follow is in `payments/model/payment-state.ts`. */
export const PaymentStatus = z.enum([
  'open',
  'awaiting_customer',
  'processing',
  'needs_review',
  'succeeded',
  'underpaid',
  'refunding',
  'refunded',
  'canceled',
  'expired',
]);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

/**
 * `reserved`: to be redeemed just before the rest is charged. `unknown`: redeeming it was requested, and the answer is not known.
 * `redeemed`: it is used up, and what it takes off stays off.
 */
export const DiscountStatus = z.enum(['reserved', 'unknown', 'redeemed']);
export type DiscountStatus = z.infer<typeof DiscountStatus>;

/** The widget's `data-status` and `pay-status-change`: the payment's status, or that there is none to show yet or at all. */
export type DeskStatus = PaymentStatus | 'loading' | 'load_error';

/** Where the customer goes when the payment is over, by how it ended. Absolute http(s) URLs. */
export const ReturnUrls = z.strictObject({
  success: z.optional(z.url()),
  fail: z.optional(z.url()),
  pending: z.optional(z.url()),
});
export type ReturnUrls = z.infer<typeof ReturnUrls>;

/**
 * A fiscal receipt of the merchant's own cash register (Uzbekistan), as it was reported. Times are ISO 8601. What the register did not
 * tell is null.
 */
export const FiscalReceipt = z.object({
  kind: z.enum(['sale', 'refund']),
  /** The number of the receipt in the register. */
  receiptId: z.int(),
  /** The tax office's page about it, which its QR code leads to: https. */
  qrUrl: z.string(),
  fiscalSign: z.nullable(z.string()),
  terminalId: z.nullable(z.string()),
  issuedAt: z.nullable(z.string()),
  reportedAt: z.string(),
  /** When Payme took it. Null while it has not, and for a refund, of which Payme cannot be told. */
  takenByPaymeAt: z.nullable(z.string()),
});
export type FiscalReceipt = z.infer<typeof FiscalReceipt>;

/** The short name of a payment that a customer can read out: `PD-7Q4K-19TZ`, the first eight characters of its id. */
export const paymentReference = (paymentId: string): string => {
  const characters = paymentId.slice(paymentId.indexOf('_') + 1).toUpperCase();
  return `PD-${characters.slice(0, 4)}-${characters.slice(4, 8)}`;
};

/** Unicode characters of the merchant's own ids: the order's, the customer's, the reference of a refund. */
export const longestMerchantId = 190;

const when = ({ value }: z.core.ParsePayload): boolean => typeof value === 'string' || Array.isArray(value);

/**
 * Limits of length for texts and lists. Zod's own checks measure anything that has a `length`, before its type is known, and
 * throw where the length cannot be compared: `{"length": {"toString": 1}}` would be a 500 of ours instead of the caller's error.
 */
export const atLeast = (minimum: number) => new z.core.$ZodCheckMinLength({ check: 'min_length', minimum, when });
export const atMost = (maximum: number) => new z.core.$ZodCheckMaxLength({ check: 'max_length', maximum, when });
