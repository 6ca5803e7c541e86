/** A stored payment as its customer may see it: what it is, and the one thing to do now. */
import { type EntryAction, type NextAction, type PaymentMethod, type PaymentView, paymentReference } from '#contract';
import { attemptView } from './model/merchant-view.ts';
import type { Merchant } from './model/ports.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';
import { nextAction } from './next-action.ts';
import type { SecondPayment } from './refuse-second-payment.ts';

export interface ViewOf {
  payment: PaymentRecord;
  /** All of them, oldest first. */
  attempts: readonly AttemptRecord[];
  merchant: Merchant;
  /** The methods that fit. */
  methods: PaymentMethod[];
  /** What the newest attempt shows. */
  shown: NextAction | null;
  /** What each of them begins with; only asked for where the customer may choose. */
  entries: readonly EntryAction[];
  /** Likewise. */
  secondPayment: SecondPayment;
  now: number;
}

export function paymentView({ payment, attempts, merchant, methods, shown, entries, secondPayment, now }: ViewOf): PaymentView {
  const attempt = attempts.find(({ id }) => id === payment.attemptId) ?? null;
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
    discountCode: payment.discountCode && {
      tail: payment.discountCode.tail,
      removable: payment.status === 'open' && payment.discountCode.state === 'held',
    },
    due: payment.amount - payment.discount,
    amountPaid: payment.amountPaid,
    currency: payment.currency,
    late: payment.late,
    paidAt: payment.paidAt === null ? null : iso(payment.paidAt),
    methods,
    attempt: attempt && attemptView({ ...attempt, entered: attempt.entered ?? lastTold(attempts, attempt) }),
    nextAction: nextAction({ payment, attempt, attempts, shown, entries, secondPayment, now }),
    problem: payment.problem && { ...payment.problem, ref: paymentReference(payment.id) },
    returnUrls: payment.returnUrls,
  };
}

/** Where the customer is asked again, what they told last: opened anew, the page can show it beside the wallet app. */
const lastTold = (attempts: readonly AttemptRecord[], { status, method }: AttemptRecord): string | null =>
  status === 'live' ? (attempts.filter((one) => one.method === method && one.entered !== null).at(-1)?.entered ?? null) : null;

const iso = (time: number): string => new Date(time).toISOString();
