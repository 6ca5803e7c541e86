/** Turns a stored payment into the one that the merchant's server reads. */
import { type AttemptView, type EvidenceView, type Payment, paymentReference } from '#contract';
import type { AttemptRecord, EvidenceRecord, PaymentRecord } from './records.ts';
import { isoTime } from './time.ts';

export function merchantPayment(payment: PaymentRecord, attempts: AttemptRecord[], evidence: EvidenceRecord[]): Payment {
  return {
    id: payment.id,
    reference: paymentReference(payment.id),
    orderId: payment.orderId,
    label: payment.label,
    description: payment.description,
    status: payment.status,
    test: payment.test,
    amount: payment.amount,
    discount: payment.discount,
    discountCode: payment.discountCode && {
      status: payment.discountCode.status,
      lastCharacters: payment.discountCode.lastCharacters,
    },
    due: payment.amount - payment.discount,
    amountPaid: payment.amountPaid,
    currency: payment.currency,
    paidLate: payment.paidLate,
    ...(payment.orderAlreadyPaidBy !== null && { orderAlreadyPaidBy: payment.orderAlreadyPaidBy }),
    methods: payment.methods,
    method: evidence.filter(({ counted }) => counted).at(-1)?.method ?? null,
    createdAt: isoTime(payment.createdAt),
    expiresAt: isoTime(payment.expiresAt),
    paidAt: payment.paidAt === null ? null : isoTime(payment.paidAt),
    returnUrls: payment.returnUrls,
    metadata: payment.metadata,
    attempts: attempts.map(attemptView),
    evidence: evidence.map(evidenceView),
  };
}

/** The merchant and the customer see the same of an attempt. */
export const attemptView = (attempt: AttemptRecord): AttemptView => ({
  id: attempt.id,
  method: attempt.method,
  status: attempt.status,
  startedAt: isoTime(attempt.startedAt),
  endedAt: attempt.endedAt === null ? null : isoTime(attempt.endedAt),
  lastCharacters: attempt.lastCharacters,
  submittedReference: attempt.submittedReference,
  transfer: attempt.action?.kind === 'transfer' ? attempt.action : null,
});

const evidenceView = (evidence: EvidenceRecord): EvidenceView => ({
  attemptId: evidence.attemptId,
  method: evidence.method,
  upstreamId: evidence.upstreamId,
  amount: evidence.amount,
  currency: evidence.currency,
  takenAt: isoTime(evidence.takenAt),
  counted: evidence.counted,
});
