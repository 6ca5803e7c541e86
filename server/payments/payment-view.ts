/** A stored payment as its customer may see it: what it is, and the one thing to do now. */
import { type PaymentView, paymentReference } from '#contract';
import { attemptView } from './merchant-payment.ts';
import { nextAction } from './next-action.ts';
import type { Merchant, MethodPort } from './ports.ts';
import type { AttemptRecord, PaymentRecord } from './records.ts';

export interface ViewOf {
  payment: PaymentRecord;
  /** All of them, oldest first. */
  attempts: readonly AttemptRecord[];
  merchant: Merchant;
  methods: readonly MethodPort[];
  now: number;
}

export function paymentView({ payment, attempts, merchant, methods, now }: ViewOf): PaymentView {
  const attempt = attempts.find(({ id }) => id === payment.attemptId) ?? null;
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
    attempt: attempt && attemptView({ ...attempt, entered: attempt.entered ?? lastTold(attempts, attempt) }),
    nextAction: nextAction({ payment, attempt, attempts, offered, now }),
    problem: payment.problem && { ...payment.problem, ref: paymentReference(payment.id) },
    returnUrls: payment.returnUrls,
  };
}

/** Where the customer is asked again, what they told last: opened anew, the page can show it beside the wallet app. */
const lastTold = (attempts: readonly AttemptRecord[], { status, method }: AttemptRecord): string | null =>
  status === 'live' ? (attempts.filter((one) => one.method === method && one.entered !== null).at(-1)?.entered ?? null) : null;

const iso = (time: number): string => new Date(time).toISOString();
