/**
 * Which status a payment may move to: one pure table, and the questions that are answered by a status. A missing cell is
 * an illegal move. `server/payments/README.md` explains each status.
 *
 * Evidence of money is never declined, so every status has a cell for `paid_enough`, `paid_partially` and `paid_unassigned`. Only
 * `processing` has one for `paid_in_flight`, because in no other status does the payment wait for an attempt in flight:
 * - `paid_enough`: all counted evidence together reaches the amount due.
 * - `paid_partially`: it is less.
 * - `paid_in_flight`: it is less, and another attempt is in flight, so the status waits for that attempt.
 * - `paid_unassigned`: only a person can assign the money. It counts only after that.
 *
 * `accept`, `reopen`, `returned` and the `resolve_*` events are a person's decision (`../decisions.ts`). `reverse`: the payment
 * service has returned money that we counted.
 */
import type { PaymentStatus } from '#contract';
import type { AttemptRecord, PaidAttempt, PaymentRecord, RefundingAttempt } from './records.ts';
import type { Queries } from './store.ts';
import { dayMs } from './time.ts';

export type PaymentEvent =
  | 'show_instructions'
  | 'submit'
  | 'request_action'
  | 'decline'
  | 'abandon'
  | 'discount'
  | 'cancel'
  | 'expire'
  | 'review'
  | 'paid_enough'
  | 'paid_partially'
  | 'paid_in_flight'
  | 'paid_unassigned'
  | 'accept'
  | 'refund'
  | 'refund_done'
  | 'refund_declined'
  | 'refund_declined_short'
  | 'returned'
  | 'reopen'
  | 'reverse'
  | 'resolve_paid'
  | 'resolve_paid_short'
  | 'resolve_not_paid'
  | 'resolve_not_paid_late'
  | 'resolve_returned';

type Row = Partial<Record<PaymentEvent, PaymentStatus>>;

const money: Row = { paid_enough: 'succeeded', paid_partially: 'underpaid', paid_unassigned: 'needs_review' };
/** The payment is decided already: further money is surplus, or the rest of a sum that a person accepted as too little. */
const surplus = (status: 'succeeded' | 'refunding'): Row => ({
  paid_enough: status,
  paid_partially: status,
  paid_unassigned: status,
});

const table: Record<PaymentStatus, Row> = {
  open: {
    ...money,
    reopen: 'needs_review',
    show_instructions: 'awaiting_customer',
    submit: 'processing',
    discount: 'open',
    cancel: 'canceled',
    expire: 'expired',
  },
  awaiting_customer: {
    ...money,
    submit: 'processing',
    decline: 'open',
    abandon: 'open',
    cancel: 'canceled',
    expire: 'expired',
  },
  // The clock may cause only `review`: a call that takes money may be in flight, so the payment must not expire.
  processing: {
    ...money,
    paid_in_flight: 'processing',
    decline: 'open',
    request_action: 'awaiting_customer',
    review: 'needs_review',
  },
  needs_review: {
    ...money,
    resolve_paid: 'succeeded',
    resolve_paid_short: 'underpaid',
    resolve_not_paid: 'open',
    resolve_not_paid_late: 'expired',
    resolve_returned: 'refunded',
    accept: 'succeeded',
    refund: 'refunding',
  },
  succeeded: {
    ...surplus('succeeded'),
    refund: 'refunding',
    returned: 'refunded',
    reopen: 'needs_review',
    reverse: 'needs_review',
  },
  underpaid: {
    ...money,
    accept: 'succeeded',
    refund: 'refunding',
    returned: 'refunded',
    reopen: 'needs_review',
    reverse: 'needs_review',
  },
  // A declined refund returns to the status that the money calls for: an underpaid payment must not become a success this way.
  refunding: {
    ...surplus('refunding'),
    refund_done: 'refunded',
    refund_declined: 'succeeded',
    refund_declined_short: 'underpaid',
    review: 'needs_review',
  },
  refunded: {
    paid_enough: 'needs_review',
    paid_partially: 'needs_review',
    paid_unassigned: 'needs_review',
    reopen: 'needs_review',
    reverse: 'needs_review',
  },
  canceled: { ...money },
  expired: { ...money, reopen: 'needs_review' },
};

/** Whether the move is legal. */
export const can = (from: PaymentStatus, event: PaymentEvent): boolean => event in table[from];

/** The status after the event. Throws for a missing cell, which is always our own bug. */
export function transition(from: PaymentStatus, event: PaymentEvent): PaymentStatus {
  const to = table[from][event];
  if (!to) throw new Error(`a payment that is ${from} cannot ${event}`);
  return to;
}

/** What an update of an attempt is decided by, inside one transaction. */
export interface AttemptContext<Attempt extends AttemptRecord = AttemptRecord> {
  payment: PaymentRecord;
  attempt: Attempt;
  tx: Queries;
  now: number;
}

/** Money that comes now is late, because the payment was canceled or had expired. */
export const isLate = ({ paidLate, status }: Pick<PaymentRecord, 'paidLate' | 'status'>): boolean =>
  paidLate || status === 'canceled' || status === 'expired';

/** Nobody is expected to pay any more. Money that comes all the same is late, or too much. */
export const hasEnded = ({ status }: Pick<PaymentRecord, 'status'>): boolean => ended.has(status);

export const endedStatuses = [
  'canceled',
  'expired',
  'succeeded',
  'underpaid',
  'refunding',
  'refunded',
] as const satisfies PaymentStatus[];
const ended: ReadonlySet<PaymentRecord['status']> = new Set(endedStatuses);

/** It is over and keeps no money, so its order may get a new payment. */
export const leavesOrderFree = ({ status }: Pick<PaymentRecord, 'status'>): boolean =>
  status === 'canceled' || status === 'expired' || status === 'refunded';

/** The payment waits for the outcome of this attempt. */
export const isInFlight = (payment: PaymentRecord, attempt: AttemptRecord): boolean =>
  payment.status === 'processing' && payment.attemptId === attempt.id;

/** The money of the attempt is known already. It may be on its way back. */
export const hasPaid = (attempt: AttemptRecord): attempt is PaidAttempt | RefundingAttempt =>
  attempt.status === 'paid' || attempt.status === 'refunding' || attempt.status === 'refunded';

/**
 * The amount certainly due, in minor units. A discount is subtracted only after its code is redeemed; a reserved code
 * does not count.
 */
export const confirmedAmountDue = ({
  amount,
  discount,
  discountCode,
}: Pick<PaymentRecord, 'amount' | 'discount' | 'discountCode'>): number =>
  discountCode === null || discountCode.status === 'redeemed' ? amount - discount : amount;

/** As `confirmedAmountDue`, or what a person has accepted as enough if that is less. The payment's status is judged by this. */
export const amountToSucceed = (
  payment: Pick<PaymentRecord, 'amount' | 'discount' | 'discountCode' | 'acceptedAmount'>,
): number => Math.min(confirmedAmountDue(payment), payment.acceptedAmount ?? Number.POSITIVE_INFINITY);

/** Whether a customer who has already transferred may still submit the transaction number, although the payment is over. */
export const acceptsLateEvidence = ({ status }: Pick<PaymentRecord, 'status'>): boolean =>
  status === 'canceled' || status === 'expired' || status === 'succeeded' || status === 'underpaid';

const submitWithinMs = 7 * dayMs;

/**
 * Until when a transaction number may be submitted, in milliseconds since 1970: seven days after the attempt ended or the
 * payment's time was over, whichever is later. The planned end of a canceled payment does not count.
 * @param shown The attempt that showed the customer where to transfer to.
 */
export const submissionDeadline = (
  payment: Pick<PaymentRecord, 'status' | 'expiresAt'>,
  shown: Pick<AttemptRecord, 'startedAt' | 'endedAt'>,
): number => submitWithinMs + Math.max(shown.endedAt ?? shown.startedAt, payment.status === 'canceled' ? 0 : payment.expiresAt);
