/** A stored payment as its customer may see it: what it is, and the one thing to do now. */
import { type EntryAction, type NextAction, type PaymentMethod, type PaymentView, paymentReference } from '#contract';
import type { SecondPayment } from './attempts/admission.ts';
import { attemptView } from './model/merchant-view.ts';
import { submissionDeadline } from './model/payment-state.ts';
import type { Merchant } from './model/ports.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';

export interface PaymentViewInput {
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

export function paymentView({
  payment,
  attempts,
  merchant,
  methods,
  shown,
  entries,
  secondPayment,
  now,
}: PaymentViewInput): PaymentView {
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

/** The one thing a customer is to do now, from what is stored of the payment. */
export interface NextActionInput {
  payment: PaymentRecord;
  /** The newest attempt, or the one that paid. */
  attempt: AttemptRecord | null;
  /** All of them, oldest first. */
  attempts: readonly AttemptRecord[];
  /** What the attempt shows. */
  shown: NextAction | null;
  /** Money that may still come, where the customer may choose: they are told before they pay another way. */
  secondPayment: SecondPayment;
  /** What the methods that fit begin with, in the order of the view's methods. */
  entries: readonly EntryAction[];
  now: number;
}

export function nextAction(standing: NextActionInput): NextAction {
  const { payment } = standing;
  switch (payment.status) {
    case 'open':
      return payment.amount > payment.discount ? entry(standing) : wait(standing);
    case 'awaiting_customer':
      return standing.shown ?? { kind: 'none' };
    case 'processing':
      return wait(standing);
    case 'needs_review':
      return { kind: 'wait', reason: 'review', since: since(standing) };
    case 'canceled':
    case 'expired':
    case 'underpaid':
      return afterwards(standing);
    default:
      return { kind: 'none' };
  }
}

function entry({ secondPayment, entries }: NextActionInput): NextAction {
  const options = [...entries];
  const [first, ...others] = options;
  if (!first) return { kind: 'none' };
  if (secondPayment) return { kind: 'confirm', what: secondPayment, options };
  return others.length === 0 ? first : { kind: 'choose', options };
}

/** Nothing is asked any more, but who has transferred may still say so. */
function afterwards(standing: NextActionInput): NextAction {
  const { payment, attempt, attempts, now } = standing;
  if (attempt?.status === 'processing') return wait(standing);
  if (attempt?.status === 'review') return { kind: 'wait', reason: 'review', since: since(standing) };
  if (attempt?.status === 'watched' && attempt.action?.kind === 'send_sms')
    return { kind: 'wait', reason: 'sms_late', since: since(standing) };
  const shown = attempts.filter(({ action }) => action?.kind === 'transfer').at(-1);
  const tellable = payment.status !== 'underpaid' && shown?.action && submissionDeadline(payment, shown) > now;
  return tellable && shown.action ? shown.action : { kind: 'none' };
}

function wait(standing: NextActionInput): NextAction {
  const { attempt } = standing;
  const reason = attempt?.waiting ?? (attempt?.unknownSince ? 'unknown_outcome' : 'checking');
  return { kind: 'wait', reason, since: since(standing) };
}

const since = ({ payment, attempt }: NextActionInput): string =>
  new Date(attempt?.unknownSince ?? attempt?.startedAt ?? payment.updatedAt).toISOString();
