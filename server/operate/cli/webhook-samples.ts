/** A realistic webhook of each type, for a shop that is being built. */
import type { Payment, ProblemCode, Webhook, WebhookType } from '#contract';

type Sample = Partial<Payment> & { sequence: number; problem?: ProblemCode };

const paid = 2500;

/** What differs from a payment that nobody has paid yet. A new type does not compile without its sample. */
const samples: Readonly<Record<WebhookType, Sample>> = {
  'payment.succeeded': { status: 'succeeded', amountPaid: paid, sequence: 2 },
  'payment.underpaid': { status: 'underpaid', amountPaid: 2000, sequence: 2 },
  'payment.overpaid': { status: 'succeeded', amountPaid: 3000, sequence: 3 },
  'payment.processing': { status: 'processing', sequence: 1 },
  'payment.needs_review': { status: 'needs_review', sequence: 2 },
  'payment.canceled': { status: 'canceled', sequence: 1 },
  'payment.expired': { status: 'expired', sequence: 1 },
  'payment.refunded': { status: 'refunded', amountPaid: paid, amountRefunded: paid, sequence: 4 },
  'payment.reversed': { status: 'needs_review', amountPaid: paid, sequence: 3 },
  'payment.updated': { status: 'succeeded', amountPaid: 3000, amountRefunded: 500, sequence: 4 },
  'payment.attempt_refused': { sequence: 1, problem: 'card_declined' },
  'payment.refund_refused': { status: 'succeeded', amountPaid: paid, sequence: 4, problem: 'refund_unsupported' },
};

/**
 * @param orderId the merchant's own id of the order
 * @param at when it happened
 */
export function sampleWebhook(type: WebhookType, orderId: string, at: Date): Webhook {
  const { sequence, problem, ...changes } = samples[type];
  const minutesBefore = (minutes: number) => new Date(at.getTime() - minutes * 60_000).toISOString();
  const payment: Payment = {
    id: 'pay_7q4k19tz000000000000000000',
    reference: 'PD-7Q4K-19TZ',
    orderId,
    label: 'customer-7',
    description: 'A sample, not a payment',
    status: 'open',
    version: 4,
    test: true,
    amount: paid,
    discount: 0,
    discountCode: null,
    due: paid,
    amountPaid: 0,
    amountRefunded: 0,
    currency: 'PLN',
    paidLate: false,
    methods: ['pay_code', 'wallet'],
    method: null,
    createdAt: minutesBefore(5),
    expiresAt: minutesBefore(-55),
    paidAt: null,
    returnUrls: {},
    metadata: {},
    attempts: [],
    evidence: [],
    decisions: [],
    refunds: [],
    ...changes,
  };
  const data = { payment: withMoney(payment, minutesBefore(1)), ...(problem && { problem: { code: problem } }) };
  return { type, timestamp: at.toISOString(), sequence, data };
}

/** Adds the attempt, the evidence and the refund that belong to what was paid and returned. */
function withMoney(payment: Payment, takenAt: string): Payment {
  const began = payment.amountPaid > 0 || payment.status === 'processing' || payment.status === 'needs_review';
  if (!began) return payment;
  const attemptId = 'att_7q4k19tz000000000000000000';
  const hasMoney = payment.amountPaid > 0;
  const status = hasMoney ? 'paid' : payment.status === 'processing' ? 'processing' : 'needs_review';
  return {
    ...payment,
    method: hasMoney ? 'pay_code' : null,
    paidAt: payment.status === 'succeeded' || payment.status === 'refunded' ? takenAt : null,
    attempts: [
      {
        id: attemptId,
        method: 'pay_code',
        status: payment.status === 'refunded' ? 'refunded' : status,
        startedAt: payment.createdAt,
        endedAt: hasMoney ? takenAt : null,
        lastCharacters: '4F7K',
        submittedReference: null,
        transfer: null,
      },
    ],
    evidence: hasMoney
      ? [
          {
            attemptId,
            method: 'pay_code',
            upstreamId: 'sample-1',
            amount: payment.amountPaid,
            currency: payment.currency,
            takenAt,
            counted: true,
          },
        ]
      : [],
    refunds:
      payment.amountRefunded > 0
        ? [
            {
              id: 'ref_7q4k19tz000000000000000000',
              attemptId,
              amount: payment.amountRefunded,
              currency: payment.currency,
              how: 'by_hand',
              status: 'done',
              requestedBy: 'operator:Anna',
              reference: null,
              note: 'returned by transfer',
              requestedAt: takenAt,
              endedAt: takenAt,
            },
          ]
        : [],
  };
}
