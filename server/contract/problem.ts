/** The closed list of errors. A code is stable and public; the widget has the texts, in the customer's language. */
import * as z from 'zod/mini';

export const ProblemCode = z.enum([
  // pay code
  'code_format',
  'code_invalid',
  'code_used',
  'code_expired',
  'code_not_yet_valid',
  'code_value_too_low',
  'code_value_too_high',
  'discount_taken',
  'discount_lost',
  'too_many_attempts',
  // wallet
  'no_requisites',
  'number_format',
  'transaction_number_used',
  'number_checking',
  'transfer_not_found',
  'transfer_refused',
  'screenshot_format',
  // card
  'card_number',
  'card_expiry',
  'card_declined',
  'card_sms_disabled',
  'card_not_saved',
  'insufficient_funds',
  'phone_format',
  'sms_code_format',
  'sms_code_wrong',
  'sms_code_expired',
  'sms_not_sent',
  'payment_reversed',
  // every method
  'provider_unavailable',
  'payment_processing',
  'payment_expired',
  'payment_changed',
  'method_unavailable',
  // the merchant's server
  'refund_unsupported',
  'receipt_sent',
  'version_conflict',
  'decision_refused',
  'refund_too_much',
  'outcome_unknown',
  'codes_erased',
  // the interface itself
  'order_conflict',
  'idempotency_conflict',
  'unauthorized',
  'forbidden',
  'not_found',
  'invalid_request',
  'too_large',
  'busy',
  'internal',
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** Where trying again leads to the same answer: the request itself has to change, or nothing can change it. */
const unrecoverable: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'payment_expired',
  'refund_unsupported',
  'receipt_sent',
  'version_conflict',
  'decision_refused',
  'refund_too_much',
  'outcome_unknown',
  'codes_erased',
  'order_conflict',
  'idempotency_conflict',
  'unauthorized',
  'forbidden',
  'not_found',
  'invalid_request',
  'too_large',
]);

/** Whether trying again can help: the same request later, another entry, or another way to pay. */
export const isRecoverable = (code: ProblemCode, retryAt?: string): boolean => retryAt !== undefined || !unrecoverable.has(code);

export const Problem = z.object({
  code: ProblemCode,
  /** The wrong field of the request, as a dotted path. */
  field: z.optional(z.string()),
  /** ISO 8601: not before this moment. */
  retryAt: z.optional(z.string()),
  /** ISO 8601: the time that belongs to the code, e.g. when a pay code expired or becomes valid. */
  at: z.optional(z.string()),
  /**
   * Whether trying again can help: the same request later, another entry, or another way to pay. Absent only where an older server
   * answered, or none.
   */
  recoverable: z.optional(z.boolean()),
  /** What a customer may quote to support. */
  reference: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/**
 * A problem as the widget shows it and reports it to the page: one of the BFF; `network` when no answer arrived at all; or one of
 * `before_submit_…` where the page itself stopped the submit by `waitUntil()`. Times are ISO 8601.
 */
export type DeskProblem = { [Key in keyof Omit<Problem, 'code'>]: Problem[Key] | undefined } & {
  code: ProblemCode | 'network' | `before_submit_${'rejected' | 'timeout'}`;
  reference: string;
};
