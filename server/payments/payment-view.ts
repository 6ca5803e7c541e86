/** A stored payment as its customer may see it: what it is, and the one thing to do now. */
import { type NextAction, type PaymentView, paymentReference } from '#contract';
import { attemptView } from './merchant-payment.ts';
import type { Merchant, MethodPort } from './ports.ts';
import type { AttemptRecord, PaymentRecord } from './records.ts';

export interface ViewOf {
  payment: PaymentRecord;
  attempt: AttemptRecord | null;
  merchant: Merchant;
  methods: readonly MethodPort[];
  now: number;
}

export function paymentView({ payment, attempt, merchant, methods, now }: ViewOf): PaymentView {
  const offered = methods.filter((port) => payment.methods.includes(port.method) && port.offers(merchant.id, payment.currency));
  return {
    id: payment.id,
    reference: paymentReference(payment.id),
    orderId: payment.orderId,
    merchantId: merchant.id,
    merchantName: merchant.name,
    description: payment.description,
    test: payment.test,
    status: payment.status,
    version: payment.version,
    now: iso(now),
    expiresAt: iso(payment.expiresAt),
    amount: payment.amount,
    discount: payment.discount,
    due: payment.amount - payment.discount,
    amountPaid: payment.amountPaid,
    currency: payment.currency,
    late: payment.late,
    paidAt: payment.paidAt === null ? null : iso(payment.paidAt),
    methods: offered.map((port) => port.method),
    attempt: attempt && attemptView(attempt),
    nextAction: nextAction(payment, attempt, offered),
    problem: payment.problem && { ...payment.problem, ref: paymentReference(payment.id) },
    returnUrls: payment.returnUrls,
  };
}

function nextAction(payment: PaymentRecord, attempt: AttemptRecord | null, offered: MethodPort[]): NextAction {
  const since = iso(attempt?.unknownSince ?? attempt?.startedAt ?? payment.updatedAt);
  switch (payment.status) {
    case 'open': {
      const [first, ...others] = offered.map((port) => port.entryAction(payment));
      if (!first) return { kind: 'none' };
      return others.length === 0 ? first : { kind: 'choose', options: [first, ...others] };
    }
    case 'processing':
      return { kind: 'wait', reason: attempt?.unknownSince ? 'unknown_outcome' : 'checking', since };
    case 'needs_review':
      return { kind: 'wait', reason: 'review', since };
    default:
      return { kind: 'none' };
  }
}

const iso = (time: number): string => new Date(time).toISOString();
