/** Turns a stored payment into the one that the merchant's server reads. */
import {
  type AttemptView,
  type DecisionView,
  type EvidenceView,
  type Payment,
  paymentReference,
  type RefundView,
} from '#contract';
import type { DecisionRecord, RefundRecord } from './operator-records.ts';
import type { AttemptRecord, EvidenceRecord, PaymentRecord } from './records.ts';
import { isoTime } from './time.ts';

/** All of it, oldest first. */
export interface PaymentHistory {
  attempts: readonly AttemptRecord[];
  evidence: readonly EvidenceRecord[];
  decisions: readonly DecisionRecord[];
  refunds: readonly RefundRecord[];
}

export function merchantPayment(payment: PaymentRecord, { attempts, evidence, decisions, refunds }: PaymentHistory): Payment {
  return {
    id: payment.id,
    reference: paymentReference(payment.id),
    orderId: payment.orderId,
    label: payment.label,
    description: payment.description,
    status: payment.status,
    version: payment.version,
    test: payment.test,
    amount: payment.amount,
    discount: payment.discount,
    discountCode: payment.discountCode && {
      status: payment.discountCode.status,
      lastCharacters: payment.discountCode.lastCharacters,
    },
    due: payment.amount - payment.discount,
    amountPaid: payment.amountPaid,
    amountRefunded: payment.amountRefunded,
    ...(payment.acceptedAmount !== null && { acceptedAmount: payment.acceptedAmount }),
    ...(payment.decidedBy !== null && { decidedBy: payment.decidedBy }),
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
    decisions: decisions.map(decisionView),
    refunds: refunds.map(refundView),
    ...(payment.fiscalReceipts !== null && { fiscalReceipts: payment.fiscalReceipts }),
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
  ...(evidence.disposition !== null && { disposition: evidence.disposition }),
  ...(evidence.dispositionPaymentId !== null && { movedTo: evidence.dispositionPaymentId }),
  ...(evidence.reportedBy !== null && { reportedBy: evidence.reportedBy }),
});

const decisionView = (decision: DecisionRecord): DecisionView => ({
  id: decision.id,
  attemptId: decision.attemptId,
  outcome: decision.outcome,
  amount: decision.amount,
  currency: decision.currency,
  upstreamId: decision.key,
  decidedBy: decision.decidedBy,
  note: decision.note,
  decidedAt: isoTime(decision.decidedAt),
  supersededAt: decision.supersededAt === null ? null : isoTime(decision.supersededAt),
});

const refundView = (refund: RefundRecord): RefundView => ({
  id: refund.id,
  attemptId: refund.attemptId,
  amount: refund.amount,
  currency: refund.currency,
  how: refund.how,
  status: refund.status,
  requestedBy: refund.requestedBy,
  reference: refund.reference,
  note: refund.note,
  requestedAt: isoTime(refund.requestedAt),
  endedAt: refund.endedAt === null ? null : isoTime(refund.endedAt),
});
