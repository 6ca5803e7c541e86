/** A payment as the merchant's server sees it, in answers and in webhooks. Amounts are minor units of `currency`. */
import * as z from 'zod/mini';
import { AttemptView } from './attempt-view.ts';
import { PaymentMethod } from './payment-method.ts';
import { PaymentStatus } from './payment-status.ts';
import { ReturnUrls } from './return-urls.ts';

/** Proof that an upstream took money: its own id of what was taken, and how much. */
export const EvidenceView = z.object({
  attemptId: z.nullable(z.string()),
  method: PaymentMethod,
  upstreamId: z.string(),
  amount: z.int(),
  currency: z.string(),
  takenAt: z.string(),
  /** False where a person must decide whether it pays: then it is in no sum. */
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
  /** The payment that had paid this order already when money came for this one: it was paid twice. Absent where it was not. */
  orderAlreadyPaidBy: z.optional(z.string()),
  methods: z.array(PaymentMethod),
  /** Of the evidence that paid it. */
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
