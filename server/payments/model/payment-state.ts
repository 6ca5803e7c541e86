/**
 * The life of a payment: one table, pure. A missing cell is an illegal move. What each status means is the table in the README
 * of this folder.
 *
 * `paid_*` is evidence of money, and every status has a cell for each of them: evidence is never refused. `paid_enough` says that the
 * sum of all that came is at least what is due, `paid_short` that it is less. `paid_while_busy` is less than is due while another
 * attempt is in flight: the status waits for that one. `paid_doubtful` is money that only a person can place: it is in no sum
 * before that.
 */
import type { PaymentStatus } from '#contract';
import type { AttemptRecord, PaymentRecord } from './records.ts';
import type { Queries } from './store.ts';

export type PaymentEvent =
  | 'start'
  | 'submit'
  | 'ask'
  | 'refuse'
  | 'abandon'
  | 'discount'
  | 'cancel'
  | 'expire'
  | 'review'
  | 'paid_enough'
  | 'paid_short'
  | 'paid_while_busy'
  | 'paid_doubtful'
  | 'accept'
  | 'refund'
  | 'refund_done'
  | 'refund_refused'
  | 'refund_refused_short'
  | 'resolve_paid'
  | 'resolve_not_paid'
  | 'resolve_not_paid_late'
  | 'resolve_returned';

type Row = Partial<Record<PaymentEvent, PaymentStatus>>;

const money: Row = { paid_enough: 'succeeded', paid_short: 'underpaid', paid_doubtful: 'needs_review' };
/** Where the payment is decided already: whatever comes is surplus, or a late part of what was accepted. */
const surplus = (status: 'succeeded' | 'refunding'): Row => ({ paid_enough: status, paid_short: status, paid_doubtful: status });

const table: Record<PaymentStatus, Row> = {
  open: { ...money, start: 'awaiting_customer', submit: 'processing', discount: 'open', cancel: 'canceled', expire: 'expired' },
  awaiting_customer: {
    ...money,
    submit: 'processing',
    refuse: 'open',
    abandon: 'open',
    cancel: 'canceled',
    expire: 'expired',
  },
  // The clock may cause only `review`: nothing that spends is ever cut short by time.
  processing: { ...money, paid_while_busy: 'processing', refuse: 'open', ask: 'awaiting_customer', review: 'needs_review' },
  needs_review: {
    ...money,
    resolve_paid: 'succeeded',
    resolve_not_paid: 'open',
    resolve_not_paid_late: 'expired',
    resolve_returned: 'refunded',
  },
  succeeded: { ...surplus('succeeded'), refund: 'refunding' },
  underpaid: { ...money, accept: 'succeeded', refund: 'refunding' },
  // A refused refund goes back to where the money stands: an underpaid payment must not become a success that way.
  refunding: {
    ...surplus('refunding'),
    refund_done: 'refunded',
    refund_refused: 'succeeded',
    refund_refused_short: 'underpaid',
    review: 'needs_review',
  },
  refunded: { paid_enough: 'needs_review', paid_short: 'needs_review', paid_doubtful: 'needs_review' },
  canceled: { ...money },
  expired: { ...money },
};

/** Whether the move is legal. */
export const can = (from: PaymentStatus, event: PaymentEvent): boolean => event in table[from];

/** The status after the event; throws for a missing cell, which is always our own bug. */
export function transition(from: PaymentStatus, event: PaymentEvent): PaymentStatus {
  const to = table[from][event];
  if (!to) throw new Error(`a payment that is ${from} cannot ${event}`);
  return to;
}

/** What a decision about an attempt goes by, inside one step. */
export type AttemptContext = { payment: PaymentRecord; attempt: AttemptRecord; tx: Queries; now: number };

/** Whatever comes now comes late: the payment was over. */
export const isLate = ({ late, status }: Pick<PaymentRecord, 'late' | 'status'>): boolean =>
  late || status === 'canceled' || status === 'expired';

/** Nobody pays anything for it any more, and what comes all the same is late, or too much. */
export const hasEnded = ({ status }: Pick<PaymentRecord, 'status'>): boolean => ended.has(status);

const ended: ReadonlySet<PaymentRecord['status']> = new Set([
  'canceled',
  'expired',
  'succeeded',
  'underpaid',
  'refunding',
  'refunded',
]);

/** The payment waits for this attempt. */
export const isInFlight = (payment: PaymentRecord, attempt: AttemptRecord): boolean =>
  payment.status === 'processing' && payment.attemptId === attempt.id;

/** Its money is known already, and may be on its way back. */
export const hasPaid = ({ status }: Pick<AttemptRecord, 'status'>): boolean =>
  status === 'paid' || status === 'refunding' || status === 'refunded';

/** What is due for certain, in minor units: a discount takes something off once its code is used, and not while that is only meant or hoped. */
export const confirmedAmountDue = ({
  amount,
  discount,
  discountCode,
}: Pick<PaymentRecord, 'amount' | 'discount' | 'discountCode'>): number =>
  discountCode === null || discountCode.state === 'burned' ? amount - discount : amount;

/** Whether a transfer that was made may still be told of though nothing is asked of the customer any more. */
export const acceptsLateEvidence = ({ status }: Pick<PaymentRecord, 'status'>): boolean =>
  status === 'canceled' || status === 'expired' || status === 'succeeded' || status === 'underpaid';

/** How long a customer may still tell of a transfer: seven days after it was left, or its payment's time was over. */
const week = 7 * 24 * 3_600_000;

export const submissionDeadline = (
  payment: Pick<PaymentRecord, 'status' | 'expiresAt'>,
  shown: Pick<AttemptRecord, 'startedAt' | 'endedAt'>,
): number => week + Math.max(shown.endedAt ?? shown.startedAt, payment.status === 'canceled' ? 0 : payment.expiresAt);
